import type { BillingSettings, ServiceMapping } from '../settings.ts'
import type { ApplicationUsage } from '../usage.ts'
import type { Day } from '../values/day.ts'

/** What one reading says about one mapping's application. */
export interface ReadingTally {
  readonly snapshotIds: readonly string[]
  readonly usageDay: Day
  /** `null`: the reading is complete and nobody uses the application. */
  readonly usage: ApplicationUsage | null
  counted: number
  excluded: number
}

/** One mapping's number on its way from what was read to what is billed. It lives only while the rules work on it. */
export interface Tally {
  /** Those the number comes from, oldest first; never empty. */
  readings: readonly ReadingTally[]
  counted: number
  excluded: number
  included: number
  minimum: number
  billable: number
  /** A rule needs to know the devices or categories and the source did not say: no number can be given. */
  lacksEvidence: boolean
}

/** One rule: changes the tally as the rules before it left it, and nothing else. */
export type CountingStep = (
  tally: Tally,
  mapping: ServiceMapping,
  settings: Pick<BillingSettings, 'countUnknownAsWorkstation'>,
) => void

/** Starts the tally of one mapping on readings of which nothing is counted yet. */
export function startTally(readings: readonly ReadingTally[]): Tally {
  return {
    readings,
    counted: 0,
    excluded: 0,
    included: 0,
    minimum: 0,
    billable: 0,
    lacksEvidence: false,
  }
}
