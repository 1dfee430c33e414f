import type { WrittenState } from '../billed.ts'
import { invariant } from '../invariant.ts'
import type { Contract } from '../ledger.ts'
import type { Settlement } from '../ports.ts'
import type { ContractId } from '../values/ids.ts'
import type { OutcomeEvent } from './events.ts'
import type { Verdict } from './judge.ts'
import { judgeIntent } from './judge.ts'
import type { ReadyParts } from './parts.ts'
import { reasonOf } from './parts.ts'
import type { Posted } from './post.ts'
import { readIntents } from './read-intents.ts'

/** What one reading left of the posted adjustments. */
export interface ReadBack {
  readonly confirmed: readonly Posted[]
  /** Not decided by this reading; read again after the PSA's cut-off. */
  readonly open: readonly Posted[]
  /** Proven not to have arrived, and the day is still open: may be repeated once. */
  readonly lapsed: readonly Posted[]
}

/**
 * Reads all posted lines in one go and settles each by what it shows: the answer to a post alone proves nothing
 * (product.md, rules 16 and 17). `isFinal` says that the PSA's cut-off has passed, so that unchanged means lapsed.
 * When the reading itself fails, everything stays open, or ends as unknown at the final reading.
 */
export async function* readBack(
  parts: ReadyParts,
  contracts: ReadonlyMap<ContractId, Contract>,
  posted: readonly Posted[],
  isFinal: boolean,
): AsyncGenerator<OutcomeEvent, ReadBack> {
  const result = { confirmed: [] as Posted[], open: [] as Posted[], lapsed: [] as Posted[] }
  if (posted.length === 0) return result
  const read = await tryToRead(parts, posted)
  for (const item of posted) {
    const verdict =
      typeof read === 'string' ? null : judge(item, contracts, read(item.intent.contract))
    const decision = decide(item, verdict, isFinal, typeof read === 'string' ? read : null)
    if (decision === null) {
      result.open.push(item)
      continue
    }
    await parts.journal.settle(item.intent.key, decision.settlement)
    yield decision.event
    if (decision.settlement.kind === 'CONFIRMED') result.confirmed.push(item)
    if (decision.settlement.kind === 'LAPSED' && decision.mayRepeat) result.lapsed.push(item)
  }
  return result
}

/** The reading, or why there is none. */
async function tryToRead(
  parts: ReadyParts,
  posted: readonly Posted[],
): Promise<((contract: ContractId) => WrittenState) | string> {
  try {
    const intents = posted.map(({ intent }) => intent)
    return await readIntents(parts, intents)
  } catch (error) {
    return reasonOf(error)
  }
}

function judge(
  { intent, outcome }: Posted,
  contracts: ReadonlyMap<ContractId, Contract>,
  read: WrittenState,
): Verdict {
  const contract = contracts.get(intent.contract)
  invariant(contract !== undefined, 'an adjustment was posted to a contract that was not read')
  return judgeIntent({ intent, contract, isAccepted: outcome.kind === 'ACCEPTED' }, read)
}

interface Decision {
  readonly settlement: Settlement
  readonly event: OutcomeEvent
  readonly mayRepeat: boolean
}

function decide(
  { adjustment, intent, outcome }: Posted,
  verdict: Verdict | null,
  isFinal: boolean,
  failure: string | null,
): Decision | null {
  const about = { adjustment, intent }
  const unknown = (reason: string, unitsSeen: number | null): Decision => ({
    settlement: { kind: 'UNKNOWN', reason, unitsSeen },
    event: { ...about, kind: 'unknown', reason, unitsSeen },
    mayRepeat: false,
  })
  if (verdict === null) return isFinal ? unknown(failure ?? 'READING_FAILED', null) : null
  switch (verdict.kind) {
    case 'AT_TARGET': {
      const { line, units, missedPostedPeriod } = verdict
      return {
        settlement: { kind: 'CONFIRMED', line, units },
        event: { ...about, kind: 'confirmed', units, missedPostedPeriod },
        mayRepeat: false,
      }
    }
    case 'OTHER':
      return isFinal || outcome.kind !== 'UNKNOWN'
        ? unknown('UNITS_DIFFER', verdict.unitsSeen)
        : null
    case 'UNSEEN':
    case 'UNCHANGED': {
      if (outcome.kind === 'REFUSED') {
        const { reason } = outcome
        return {
          settlement: { kind: 'REFUSED', reason },
          event: { ...about, kind: 'refused', reason },
          mayRepeat: false,
        }
      }
      if (!isFinal) return null
      if (verdict.kind === 'UNSEEN') return unknown('CHANGE_NOT_VISIBLE', verdict.unitsSeen)
      const reason = 'UNCHANGED_AFTER_CUT_OFF'
      return {
        settlement: { kind: 'LAPSED', reason },
        event: { ...about, kind: 'lapsed', reason },
        mayRepeat: !verdict.isPosted,
      }
    }
  }
}
