import type { Plan, PlannedAdjustment } from './plan.ts'
import type { CounterInput } from './decisions/counter-plan.ts'
import { planCounters } from './decisions/counter-plan.ts'
import type { ReconcileInput } from './reconcile.ts'
import { reconcile } from './reconcile.ts'
import type { Day } from './values/day.ts'
import type { ContractId, ServiceId } from './values/ids.ts'

/**
 * Goes up with every change after which the same input can give another plan. Stored with what a run was computed from,
 * so that a replay that differs can say whether the engine has changed since.
 */
export const ENGINE_VERSION = '2'

/** What was written on a past day, as the journal has it. */
export type WrittenAdjustment = Pick<
  PlannedAdjustment,
  'contract' | 'service' | 'effectiveDay' | 'before' | 'after' | 'takesBack'
>

/** What a run's plan followed from: readings and mappings, or what a person wanted undone. */
export type ReplayInput = ReconcileInput | CounterInput

/** A line and day on which the replay and the journal disagree. */
export interface ReplayDifference {
  readonly contract: ContractId
  readonly service: ServiceId
  readonly effectiveDay: Day
  /** Key of the adjustment that it takes back: of one line several may be, on one day. `null` for ordinary ones. */
  readonly takesBack: string | null
  /** `null`: the replay would not write it. */
  readonly replayed: { readonly before: number; readonly after: number } | null
  /** `null`: it was not written. */
  readonly written: { readonly before: number; readonly after: number } | null
}

/**
 * Computes a past run again from what was stored with it (see the events `reconciled` and `counterPlanned`) and compares,
 * line by line, with what was written then. No difference means that today's rules would do the same.
 */
export function replayDay(
  input: ReplayInput,
  written: readonly WrittenAdjustment[],
): { readonly plan: Plan; readonly differences: readonly ReplayDifference[] } {
  const plan = 'counters' in input ? planCounters(input).plan : reconcile(input)
  const replayed = new Map(plan.adjustments.map((adjustment) => [placeOf(adjustment), adjustment]))
  const before = new Map(written.map((adjustment) => [placeOf(adjustment), adjustment]))
  const places = [...new Set([...replayed.keys(), ...before.keys()])].sort()
  const differences = places.flatMap((place) => compare(replayed.get(place), before.get(place)))
  return { plan, differences }
}

function compare(
  replayed: WrittenAdjustment | undefined,
  written: WrittenAdjustment | undefined,
): ReplayDifference[] {
  const either = replayed ?? written
  const isSame =
    replayed !== undefined &&
    written !== undefined &&
    replayed.before === written.before &&
    replayed.after === written.after
  if (either === undefined || isSame) return []
  const { contract, service, effectiveDay, takesBack } = either
  const place = { contract, service, effectiveDay, takesBack }
  return [{ ...place, replayed: unitsOf(replayed), written: unitsOf(written) }]
}

function unitsOf(adjustment: WrittenAdjustment | undefined): ReplayDifference['written'] {
  if (adjustment === undefined) return null
  const { before, after } = adjustment
  return { before, after }
}

function placeOf({ contract, service, effectiveDay, takesBack }: WrittenAdjustment): string {
  return JSON.stringify([contract, service, effectiveDay, takesBack])
}
