import type { Counter } from '@trueup/core'
import type { Em } from '../../database/orm.ts'
import type { Problem } from '../../problems.ts'
import type { LineIds } from '../line/line-ids.ts'
import type { AdjustmentRow } from '../adjustment/adjustment.entity.ts'

/** One thing that a person wants undone, or why it cannot be. */
export type CounterItem = PossibleItem | ImpossibleItem

interface ItemFacts extends LineIds {
  /** The confirmed adjustment that is to be taken back; `null` for a release. */
  readonly adjustment: AdjustmentRow | null
}

/** Nothing that the database knows stands against it. */
export interface PossibleItem extends ItemFacts {
  readonly counter: Counter
  readonly problem: null
}

interface ImpossibleItem extends ItemFacts {
  readonly counter: null
  readonly problem: Problem
}

/** Whether the contract is worth being read for it. */
export function isPossible(item: CounterItem): item is PossibleItem {
  return item.counter !== null
}

/** Everything a person wants undone at once. */
export interface FoundCounters {
  /** `null` when nothing that was named exists. */
  readonly integrationId: string | null
  readonly items: readonly CounterItem[]
  /** What was named and does not exist, or that nothing was. */
  readonly problems: readonly Problem[]
}

/** Finds them anew from the database: before a preview, before a run, and once more inside it. */
export type FindCounters = (em: Em) => Promise<FoundCounters>
