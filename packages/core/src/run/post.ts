import type { PlannedAdjustment } from '../plan.ts'
import type { AdjustmentIntent, ApplyOutcome, ContractLock } from '../ports.ts'
import { IntentConflict } from '../ports.ts'
import type { ContractId } from '../values/ids.ts'
import type { OutcomeEvent, RunEvent, SkipReason } from './events.ts'
import type { ReadyParts } from './parts.ts'
import { reasonOf } from './parts.ts'

/** An adjustment that is to be posted, with the number of the try. */
export interface Posting {
  readonly adjustment: PlannedAdjustment
  readonly key: string
  readonly ordinal: number
  readonly attempt: number
}

/** An intent that was posted and has to be read back. */
export interface Posted {
  readonly adjustment: PlannedAdjustment
  readonly intent: AdjustmentIntent
  readonly outcome: ApplyOutcome
}

/** What posting shares over one run: the locks it holds, and whether it has to stop. */
export interface PostingState {
  readonly locks: Map<ContractId, ContractLock>
  unsentInARow: number
  lastPostMs: number
}

type Report = (event: RunEvent) => void

/**
 * Stores one intent and posts it once: lock, intent, post, in this order, so that whatever dies in between leaves
 * either nothing or an intent that the next run settles by reading. Gives what has to be read back, or `null`.
 */
export async function postOnce(
  parts: ReadyParts,
  state: PostingState,
  posting: Posting,
  report: Report,
): Promise<Posted | null> {
  const { adjustment } = posting
  const skip = (reason: SkipReason): null => {
    report({ kind: 'skipped', adjustment, reason })
    return null
  }
  if (mustStop(parts, state)) return skip('STOPPED')
  if (!(await takeLock(parts, state, adjustment.contract))) return skip('CONTRACT_BUSY')

  const intent = toIntent(posting, parts.clock.nowMs())
  try {
    await parts.journal.recordIntent(intent)
  } catch (error) {
    if (error instanceof IntentConflict) return skip('CONFLICT')
    throw error
  }
  report({ kind: 'posting', adjustment, intent })
  const outcome = await post(parts, state, intent, (event) => report({ ...event, adjustment }))
  return outcome === null ? null : { adjustment, intent, outcome }
}

async function post(
  { ledger, journal, clock, options }: ReadyParts,
  state: PostingState,
  intent: AdjustmentIntent,
  report: (event: Omit<Extract<OutcomeEvent, { kind: 'notSent' }>, 'adjustment'>) => void,
): Promise<ApplyOutcome | null> {
  const { contract, service, line, effectiveDay, before, after } = intent
  try {
    const request = { contract, service, line, effectiveDay, unitChange: after - before }
    const outcome = await ledger.applyAdjustment(request, options)
    state.unsentInARow = 0
    return outcome
  } catch (error) {
    const reason = reasonOf(error)
    state.unsentInARow += 1
    await journal.settle(intent.key, { kind: 'NOT_SENT', reason })
    report({ kind: 'notSent', intent, reason })
    return null
  } finally {
    state.lastPostMs = clock.nowMs()
  }
}

function mustStop({ limits, options }: ReadyParts, state: PostingState): boolean {
  return options.signal?.aborted === true || state.unsentInARow >= limits.unsentPostsInARow
}

async function takeLock(
  { journal }: ReadyParts,
  { locks }: PostingState,
  contract: ContractId,
): Promise<boolean> {
  if (locks.has(contract)) return true
  const lock = await journal.lockContract(contract)
  if (lock === null) return false
  locks.set(contract, lock)
  return true
}

function toIntent({ adjustment, key, ordinal, attempt }: Posting, nowMs: number): AdjustmentIntent {
  const { contract, service, line, effectiveDay, before, after } = adjustment
  return {
    key,
    ordinal,
    contract,
    service,
    line,
    effectiveDay,
    before,
    after,
    attempt,
    recordedAtMs: nowMs,
    takesBack: adjustment.takesBack,
  }
}
