import type { ApplyOutcome, Clock, ContractLedger, ReadOptions, UnitPeriod } from '@trueup/core'
import type { FirstWriteProposal } from './proposal.ts'

/** What the first write taught about this connection. */
export interface FirstWriteFacts {
  /** Whether every period from the effective day on took the change; `null` when it was not seen. */
  readonly laterPeriodsFollow: boolean | null
  /** Whether the periods before it stayed as they were. */
  readonly earlierPeriodsStay: boolean | null
  /** Whether a line takes a second change of the same day at a period start; `null` when it was not seen. */
  readonly secondChangeOfOneDay: 'ADDED' | 'REFUSED' | null
}

/**
 * How it ended. `RESTORED`: the units are as before. `UNCHANGED`: the first change did not arrive or was not sent.
 * `NEEDS_PERSON`: the line carries other units than before; only a person should go on.
 */
export interface FirstWriteReport {
  readonly result: 'RESTORED' | 'UNCHANGED' | 'NEEDS_PERSON'
  /** What Autotask said or what was seen, where that explains the result. */
  readonly reason: string | null
  /** Units from the effective day on as last read; `null` when they differ by period or are gone. */
  readonly units: number | null
  readonly facts: FirstWriteFacts
}

/** A step about to be taken, or the end. Store each before asking for the next: it says what may have happened. */
export type FirstWriteStep =
  | { readonly kind: 'ADDING' }
  | { readonly kind: 'TAKING_BACK' }
  | { readonly kind: 'ENDED'; readonly report: FirstWriteReport }

/** Autotask cuts a request off after five minutes; until then it may go on with a write whose answer was lost. */
export const CUT_OFF_MS = 300_000

/** What the probe works with. */
export interface FirstWriteParts {
  readonly ledger: ContractLedger
  readonly clock: Clock
  /** How long the PSA may go on working on a write without an answer. */
  readonly cutOffMs: number
}

/** The last step that was stored before the program died; `null` when it begins. */
export type Begun = 'ADDING' | 'TAKING_BACK' | null

/**
 * Adds one unit, looks, takes it away again, looks: at most one post for each. After a death, `begun` makes it
 * go on by looking first, once nothing can be on its way any more. Throws `VendorError` only before the first post
 * or when reading fails; what was stored last then says where to go on.
 */
export async function* firstWriteProbe(
  parts: FirstWriteParts,
  proposal: FirstWriteProposal,
  begun: Begun,
  options: ReadOptions,
): AsyncGenerator<FirstWriteStep, void> {
  const { before } = proposal
  const start = await look(parts, proposal, begun === null ? 0 : parts.cutOffMs, options)
  if (begun === null && start.units !== before) {
    return yield ended('UNCHANGED', 'UNITS_CHANGED_MEANWHILE', start, NOTHING_SEEN)
  }
  if (begun === null) yield { kind: 'ADDING' }
  const added = begun === null ? await post(parts, proposal, 1, options) : null
  const seen = added === null ? start : await lookAfter(parts, proposal, added, options)
  if (seen.units === before) {
    const result = begun === 'TAKING_BACK' ? 'RESTORED' : 'UNCHANGED'
    return yield ended(result, reasonOf(added), seen, NOTHING_SEEN)
  }
  const facts: FirstWriteFacts = {
    laterPeriodsFollow: seen.units === before + 1,
    earlierPeriodsStay: added === null ? null : seen.earlier === start.earlier,
    secondChangeOfOneDay: null,
  }
  if (seen.units !== before + 1) {
    return yield ended('NEEDS_PERSON', reasonOf(added) ?? 'UNITS_DIFFER', seen, facts)
  }
  yield { kind: 'TAKING_BACK' }
  const taken = await post(parts, proposal, -1, options)
  const last = await lookAfter(parts, proposal, taken, options)
  const secondChangeOfOneDay =
    last.units === before ? 'ADDED' : last.units === seen.units ? 'REFUSED' : null
  const result = last.units === before ? 'RESTORED' : 'NEEDS_PERSON'
  yield ended(result, reasonOf(taken), last, { ...facts, secondChangeOfOneDay })
}

const NOTHING_SEEN: FirstWriteFacts = {
  laterPeriodsFollow: null,
  earlierPeriodsStay: null,
  secondChangeOfOneDay: null,
}

interface Seen {
  /** Units of every period from the effective day on; `null` when they differ or there are none. */
  readonly units: number | null
  /** The periods before, as text to compare. */
  readonly earlier: string
}

function ended(
  result: FirstWriteReport['result'],
  reason: string | null,
  { units }: Seen,
  facts: FirstWriteFacts,
): FirstWriteStep {
  return { kind: 'ENDED', report: { result, reason, units, facts } }
}

function post(
  { ledger }: FirstWriteParts,
  { contract, line, effectiveDay }: FirstWriteProposal,
  unitChange: number,
  options: ReadOptions,
): Promise<ApplyOutcome> {
  const request = { contract: contract.id, service: line.service, line: line.id }
  return ledger.applyAdjustment({ ...request, effectiveDay, unitChange }, options)
}

/** After an unclear answer only a reading behind the cut-off tells. */
function lookAfter(
  parts: FirstWriteParts,
  proposal: FirstWriteProposal,
  outcome: ApplyOutcome,
  options: ReadOptions,
): Promise<Seen> {
  return look(parts, proposal, outcome.kind === 'UNKNOWN' ? parts.cutOffMs : 0, options)
}

async function look(
  { ledger, clock }: FirstWriteParts,
  { contract, line, effectiveDay }: FirstWriteProposal,
  waitMs: number,
  options: ReadOptions,
): Promise<Seen> {
  if (waitMs > 0) await clock.sleep(waitMs, options.signal)
  const written = [{ contract: contract.id, service: line.service, line: line.id }]
  // Without an effective day every period is read, those before it included.
  const read = await ledger.readWritten({ written, fromDay: contract.startDay }, options)
  const rows = read.unitPeriods.filter((period) => period.line === line.id)
  const from = rows.filter((row) => row.startDay >= effectiveDay).map((row) => row.units)
  const [units = null] = from
  return {
    units: from.every((one) => one === units) ? units : null,
    earlier: toText(rows.filter((row) => row.startDay < effectiveDay)),
  }
}

function toText(rows: readonly UnitPeriod[]): string {
  return rows
    .map(({ startDay, endDay, units, price }) => `${startDay} ${endDay} ${units} ${price ?? ''}`)
    .toSorted()
    .join('\n')
}

function reasonOf(outcome: ApplyOutcome | null): string | null {
  return outcome === null || outcome.kind === 'ACCEPTED' ? null : outcome.reason
}
