import type { Clock, ContractLedger, Journal } from '../../src/ports.ts'
import type { RunParts } from '../../src/run/parts.ts'
import type { MemoryJournal, MemoryLedger } from '../../src/testing/index.ts'
import type { ContractId } from '../../src/values/ids.ts'

/** One run under way whose every call to a port waits until it is given its turn. */
export interface Actor {
  readonly parts: RunParts
  /** Name of the call it waits to make; `null` once it has ended. */
  waitsFor(): string | null
  /** Lets it make its call and go on to its next one, or to its end. */
  step(): Promise<void>
  /** Dies: with its call made and the answer lost, or before it. Its locks end with it. */
  die(isCallMade: boolean): Promise<void>
}

interface Waiting {
  readonly name: string
  readonly make: () => Promise<void>
  readonly goOn: () => void
}

/**
 * Starts a run that goes call by call, so that a test decides what happens between any two of them. The run posts one
 * adjustment at a time: then it has one call under way at most.
 */
export function startActor(
  world: { readonly ledger: MemoryLedger; readonly journal: MemoryJournal; readonly clock: Clock },
  run: (parts: RunParts) => Promise<void>,
): Actor {
  const held = new Set<{ release(): Promise<void> }>()
  let waiting: Waiting | null = null
  let hasEnded = false
  let wake: () => void = () => undefined

  function turn<T>(name: string, call: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let outcome: () => void = () => undefined
      waiting = {
        name,
        make: async () => {
          outcome = await call().then(
            (value) => () => resolve(value),
            (error: unknown) => () => reject(error),
          )
        },
        goOn: () => outcome(),
      }
      wake()
    })
  }

  const settled = (): Promise<void> =>
    new Promise((resolve) => {
      if (waiting !== null || hasEnded) resolve()
      else wake = resolve
    })

  const parts = wrapPorts(world, turn, held)
  const finished = run(parts).catch(() => undefined)
  void finished.then(() => {
    hasEnded = true
    wake()
  })
  return {
    parts,
    waitsFor: () => (hasEnded ? null : (waiting?.name ?? null)),
    step: async () => {
      await settled()
      const current = waiting
      if (current === null) return
      waiting = null
      await current.make()
      current.goOn()
      await settled()
    },
    die: async (isCallMade) => {
      await settled()
      if (isCallMade) await waiting?.make()
      hasEnded = true
      for (const lock of held) await lock.release()
    },
  }
}

type Turn = <T>(name: string, call: () => Promise<T>) => Promise<T>

function wrapPorts(
  { ledger, journal, clock }: Parameters<typeof startActor>[0],
  turn: Turn,
  held: Set<{ release(): Promise<void> }>,
): RunParts {
  const turnedLedger: ContractLedger = {
    readDirectory: (options) => turn('readDirectory', () => ledger.readDirectory(options)),
    readLedger: (request, options) => turn('readLedger', () => ledger.readLedger(request, options)),
    readWritten: (request, options) =>
      turn('readWritten', () => ledger.readWritten(request, options)),
    applyAdjustment: (request, options) =>
      turn('applyAdjustment', () => ledger.applyAdjustment(request, options)),
  }
  const turnedJournal: Journal = {
    readLineRecords: (ids) => turn('readLineRecords', () => journal.readLineRecords(ids)),
    readUnsettled: () => turn('readUnsettled', () => journal.readUnsettled()),
    recordIntent: (intent) => turn('recordIntent', () => journal.recordIntent(intent)),
    settle: (key, settlement) => turn('settle', () => journal.settle(key, settlement)),
    lockContract: (contract: ContractId) =>
      turn('lockContract', async () => {
        const lock = await journal.lockContract(contract)
        if (lock !== null) held.add(lock)
        return lock
      }),
  }
  const turnedClock: Clock = {
    nowMs: () => clock.nowMs(),
    sleep: (ms, signal) => turn('sleep', () => clock.sleep(ms, signal)),
  }
  return {
    ledger: turnedLedger,
    journal: turnedJournal,
    clock: turnedClock,
    limits: { postsAtOnce: 1 },
  }
}
