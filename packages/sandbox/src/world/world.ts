import type { Clock } from '../clock.ts'
import type { Customer } from './customers.ts'
import type { SecurityState } from './security.ts'

/** Everything both vendors know, apart from HTTP. */
export interface World {
  seed: number
  clock: Clock
  customers: Customer[]
  security: SecurityState
}
