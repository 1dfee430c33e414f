import type { Day } from '../calendar.ts'
import { createClock, type Clock } from '../clock.ts'
import { createPrng } from '../prng.ts'
import type { AutotaskState } from './autotask-state.ts'
import { generateCustomers, type Customer } from './generation/customers.ts'
import { generateAutotask } from './generation/generate-autotask.ts'
import { generateUniform, type UniformOptions } from './generation/generate-uniform.ts'
import { generateSecurity } from './security/generate-security.ts'
import { generateWorkspaces } from './workspaces/generate-workspaces.ts'
import type { SecurityState } from './security/security-state.ts'
import type { WorkspaceState } from './workspaces/workspace-state.ts'

/** Everything both vendors know, apart from HTTP. A reset replaces the contents and keeps the object. */
export interface World {
  seed: number
  clock: Clock
  customers: Customer[]
  /** So many customers, from the first on, got a virtual server, whose id is the customer's. */
  protectedCustomers: number
  autotask: AutotaskState
  security: SecurityState
  workspaces: WorkspaceState
}

/** What a world is made from. */
export interface WorldOptions {
  seed: number
  /** The first virtual day. */
  day: Day
  virtualServers: number
  devices: number
  /** Licence keys; 14 when absent. */
  keys?: number | undefined
  /** No customers, accounts, services, virtual servers or keys at all. */
  empty: boolean
  /** Instead of the practice world's accounts: many alike, for measurements. */
  uniform?: UniformOptions | undefined
}

/** Makes the same world from the same options. */
export function buildWorld(options: WorldOptions): World {
  const { seed, empty } = options
  const prng = createPrng(seed)
  const clock = createClock(options.day)
  const servers = empty ? 0 : options.virtualServers
  // One customer in five has no virtual server; one virtual server in thirty belongs to somebody without an account.
  const others = empty || servers === 0 ? 0 : Math.ceil(servers / 5)
  const customers = generateCustomers(prng.fork('customers'), servers + others)
  const protectedCustomers = customers.slice(0, servers)
  const known = customers.filter((customer) => customer.id % 30 !== 17)
  return {
    seed,
    clock,
    customers,
    protectedCustomers: servers,
    autotask: options.uniform
      ? generateUniform({ ...options.uniform, clock })
      : generateAutotask({ prng: prng.fork('autotask'), clock, customers: known, empty }),
    security: generateSecurity({
      prng: prng.fork('security'),
      clock,
      customers: protectedCustomers,
      devices: empty ? 0 : options.devices,
      keys: empty ? 0 : (options.keys ?? 14),
    }),
    workspaces: generateWorkspaces({
      prng: prng.fork('workspaces'),
      clock,
      // Whoever has no virtual server, and one in ten of the others besides.
      customers: customers.filter(({ id }) => id > servers || id % 10 === 3),
    }),
  }
}
