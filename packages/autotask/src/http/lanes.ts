import pLimit, { type LimitFunction } from 'p-limit'

/**
 * Autotask refuses the 4th simultaneous request of one tracking identifier to one entity, and mails an alarm
 * (developer help, thread limiting). Others may use the same identifier, so one thread stays free: two at a
 * time for reads, and one for adjustments, whose order matters to the person who reads the contract's notes.
 */
const LIMITS: Readonly<Record<string, number>> = { ContractServiceAdjustments: 1 }
const DEFAULT_LIMIT = 2

/** Keeps requests to one entity from meeting. Share one among all clients of one integration code. */
export interface Lanes {
  /** Runs `work` once every lane has room. Lanes are entered in the given order; always name them in the same. */
  run<T>(lanes: readonly string[], work: () => Promise<T>): Promise<T>
}

/** Lanes of this process, all empty. */
export function createLanes(): Lanes {
  const byName = new Map<string, LimitFunction>()

  function lane(name: string): LimitFunction {
    const known = byName.get(name)
    if (known !== undefined) return known
    const limit = pLimit(LIMITS[name] ?? DEFAULT_LIMIT)
    byName.set(name, limit)
    return limit
  }

  function run<T>(lanes: readonly string[], work: () => Promise<T>): Promise<T> {
    const [first, ...rest] = lanes
    return first === undefined ? work() : lane(first)(() => run(rest, work))
  }

  return { run }
}
