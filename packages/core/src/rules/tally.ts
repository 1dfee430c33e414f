import type { BillingSettings, ServiceMapping } from '../settings.ts'
import type { ApplicationUsage } from '../usage.ts'
import type { Day } from '../values/day.ts'

/** What one reading says about one mapping's application. */
export interface ReadingTally {
  readonly snapshotId: string
  readonly usageDay: Day
  /** `null`: the reading is complete and nobody uses the application. */
  readonly usage: ApplicationUsage | null
  readonly counted: number
  readonly excluded: number
}

/** One mapping's number on its way from what was read to what is billed. */
export interface Tally {
  /** Those the number comes from, oldest first; never empty. */
  readonly readings: readonly ReadingTally[]
  readonly counted: number
  readonly excluded: number
  readonly included: number
  readonly minimum: number
  readonly billable: number
  /** A rule needs to know the devices or categories and the source did not say: no number can be given. */
  readonly lacksEvidence: boolean
}

/** One rule: takes the tally as the rules before it left it. Pure. */
export type CountingStep = (
  tally: Tally,
  mapping: ServiceMapping,
  settings: Pick<BillingSettings, 'countUnknownAsWorkstation'>,
) => Tally
