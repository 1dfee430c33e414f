import type { LineRecord } from '../history.ts'
import { invariant } from '../invariant.ts'
import type { Hold, HoldExit } from '../plan.ts'
import type { Settlement } from '../ports.ts'
import type { Approval } from '../reconcile.ts'

/** What a person's decision about a hold comes to. Nothing is written to the PSA by it: the next plan does that. */
export type HoldDecision =
  /** The line's record becomes this; store it and plan again. */
  | { readonly kind: 'RECORD'; readonly record: LineRecord }
  /** Plan again with this approval. */
  | { readonly kind: 'APPROVAL'; readonly approval: Approval }
  /** Settle this intent and plan again. */
  | { readonly kind: 'SETTLEMENT'; readonly key: string; readonly settlement: Settlement }
  /** Everything stays as it is; the hold comes back with the next plan as long as its reason lasts. */
  | { readonly kind: 'NOTHING' }

/**
 * Turns a way out of a hold into what has to be stored (product.md, rules 11 to 13). `OWN_LINE`: Trueup decides the
 * line's units from now on. `KEEP_BASELINE`: the units that are there stay on top of the count. `RESTORE`: the hand edit
 * is undone by the next plan. `ADOPT`: the hand edit stays, as a baseline; of an unsettled adjustment: what the PSA
 * shows is its outcome. `STOP`: hands off. Throws an invariant error for an exit that the hold does not offer.
 */
export function decideHold(hold: Hold, exit: HoldExit, record: LineRecord): HoldDecision {
  invariant(hold.exits.includes(exit), 'a hold does not offer this way out', {
    code: hold.code,
    exit,
  })
  const { key, effectiveDay, before, after, line } = hold.adjustment
  switch (exit) {
    case 'APPROVE':
      return { kind: 'APPROVAL', approval: { key, effectiveDay, before, after } }
    case 'DISMISS':
      return { kind: 'NOTHING' }
    case 'STOP':
      return { kind: 'RECORD', record: { ...record, ownership: 'STOPPED' } }
    case 'OWN_LINE':
      return { kind: 'RECORD', record: { ...owned(record), line: line ?? record.line } }
    case 'KEEP_BASELINE': {
      const baselineUnits = readFact(hold, 'unitsOnLine')
      return { kind: 'RECORD', record: { ...owned(record), baselineUnits } }
    }
    case 'RESTORE':
      return { kind: 'RECORD', record: owned(record) }
    case 'ADOPT':
      return hold.code === 'DRIFT' ? adoptEdit(hold, record) : adoptOutcome(record)
  }
}

/** From now on what is seen is taken as it is: the next confirmed write is what later readings are compared with. */
function owned(record: LineRecord): LineRecord {
  return { ...record, ownership: 'OWNED', confirmed: null }
}

function adoptEdit(hold: Hold, record: LineRecord): HoldDecision {
  const difference = readFact(hold, 'unitsSeen') - readFact(hold, 'target')
  const baselineUnits = record.baselineUnits + difference
  return { kind: 'RECORD', record: { ...owned(record), baselineUnits } }
}

function adoptOutcome(record: LineRecord): HoldDecision {
  if (record.unsettledKey === null) {
    return { kind: 'RECORD', record: { ...record, lapsedInARow: 0 } }
  }
  const settlement: Settlement = { kind: 'RESOLVED', reason: 'ADOPTED_BY_A_PERSON' }
  return { kind: 'SETTLEMENT', key: record.unsettledKey, settlement }
}

function readFact(hold: Hold, name: string): number {
  const value = hold.facts[name]
  invariant(typeof value === 'number', 'a hold lacks a number that its way out needs', {
    code: hold.code,
    name,
  })
  return value
}
