import type { Clock } from '../clock.ts'
import type { Prng } from '../prng.ts'
import type { Customer } from './customers.ts'

/** The Kaspersky side of the world. */
export interface SecurityState {
  virtualServers: unknown[]
  groups: unknown[]
  devices: unknown[]
  keys: unknown[]
  keyUses: unknown[]
}

/** What the Kaspersky side is made from. */
export interface SecurityOptions {
  prng: Prng
  clock: Clock
  customers: readonly Customer[]
  /** Devices over all customers together. */
  devices: number
}

/** Makes virtual servers, devices and keys for the customers. */
export function generateSecurity(_options: SecurityOptions): SecurityState {
  return { virtualServers: [], groups: [], devices: [], keys: [], keyUses: [] }
}
