import type { Clock, ContractLedger, Journal, UsageSource } from '@trueup/core'

/** Everything a billing program touches outside itself. */
export interface Parts {
  readonly ledger: ContractLedger
  readonly source: UsageSource
  readonly journal: Journal
  readonly clock: Clock
}

/** What happens to a program at one of its calls, counted from 1 over all parts. */
export interface Accident {
  readonly call: number
  /**
   * `DIES_BEFORE`: the call is never made. `DIES_AFTER`: it is made, and nobody hears how it ended. `MEANWHILE`: something
   * else happens just before it, and the program goes on.
   */
  readonly kind: 'DIES_BEFORE' | 'DIES_AFTER' | 'MEANWHILE'
  /** What happens meanwhile. */
  readonly happens?: () => void
}

/** The parts as a mortal program has them. */
export interface MortalParts extends Parts {
  /** Resolves when the program has died. */
  readonly died: Promise<void>
  isDead(): boolean
  /** Resolves when everything it had under way has ended at the other side. */
  settled(): Promise<void>
}

/**
 * Wraps parts so that the program using them can die between any two calls, as a killed process does: its code stops
 * where it stands (no `finally` runs), and what it had asked for already still happens.
 */
export function createMortalParts(parts: Parts, accident: Accident | null): MortalParts {
  const life = createLife(accident)
  return {
    ...wrap(parts, life.make),
    died: life.died,
    isDead: life.isDead,
    settled: life.settled,
  }
}

/** Makes one call to the outside, or dies of it. */
type Make = <T>(call: () => Promise<T>) => Promise<T>

interface Life extends Pick<MortalParts, 'died' | 'isDead' | 'settled'> {
  readonly make: Make
}

function createLife(accident: Accident | null): Life {
  let calls = 0
  let isDead = false
  let tellDeath: () => void = () => undefined
  const died = new Promise<void>((resolve) => (tellDeath = resolve))
  const underWay = new Set<Promise<void>>()

  function die(): Promise<never> {
    isDead = true
    tellDeath()
    return new Promise<never>(() => undefined)
  }

  const make: Make = async (call) => {
    if (isDead) return await die()
    calls += 1
    const mine = accident?.call === calls ? accident : null
    if (mine?.kind === 'DIES_BEFORE') return await die()
    if (mine?.kind === 'MEANWHILE') mine.happens?.()
    const made = call()
    const ended = made.then(
      () => undefined,
      () => undefined,
    )
    underWay.add(ended)
    await ended
    underWay.delete(ended)
    return isDead || mine?.kind === 'DIES_AFTER' ? await die() : await made
  }

  const settled = async (): Promise<void> => void (await Promise.all(underWay))
  return { make, died, isDead: () => isDead, settled }
}

function wrap({ ledger, source, journal, clock }: Parts, make: Make): Parts {
  return {
    ledger: {
      readDirectory: (options) => make(() => ledger.readDirectory(options)),
      readLedger: (request, options) => make(() => ledger.readLedger(request, options)),
      readWritten: (request, options) => make(() => ledger.readWritten(request, options)),
      applyAdjustment: (request, options) => make(() => ledger.applyAdjustment(request, options)),
    },
    source: {
      readTenants: (options) => make(() => source.readTenants(options)),
      readUsage: (options) => make(() => source.readUsage(options)),
    },
    journal: {
      readLineRecords: (contracts) => make(() => journal.readLineRecords(contracts)),
      readUnsettled: () => make(() => journal.readUnsettled()),
      recordIntent: (intent) => make(() => journal.recordIntent(intent)),
      settle: (key, settlement) => make(() => journal.settle(key, settlement)),
      lockContract: (contract) =>
        make(async () => {
          const lock = await journal.lockContract(contract)
          return lock && { release: () => make(() => lock.release()) }
        }),
    },
    clock: {
      nowMs: () => clock.nowMs(),
      sleep: (ms, signal) => make(() => clock.sleep(ms, signal)),
    },
  }
}
