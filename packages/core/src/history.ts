import type { Day } from './values/day.ts'
import type { ContractId, LineId, ServiceId } from './values/ids.ts'

/**
 * What Trueup knows of a line from its own journal. A line without a record was never billed by Trueup and
 * is not touched while it carries units (product.md, rule 11).
 */
export interface LineRecord {
  readonly contract: ContractId
  readonly service: ServiceId
  readonly line: LineId | null
  /** The number of the newest intent ever journalled for this line; 0 when there was none. The next one gets the next number. */
  readonly ordinal: number
  /**
   * `OWNED`: Trueup decides the units. `STOPPED`: a person said hands off. `UNDECIDED`: nothing was ever confirmed
   * and nobody decided, so units on the line are somebody else's.
   */
  readonly ownership: 'UNDECIDED' | 'OWNED' | 'STOPPED'
  /**
   * Units that are not counted and stay on top of what is: those that were there before Trueup, or a hand edit
   * that a person adopted. Negative when the edit took units away; a line never falls below zero.
   */
  readonly baselineUnits: number
  /** Our last confirmed write (or an adopted hand edit): from this day on the line carried these units. */
  readonly confirmed: { readonly units: number; readonly effectiveDay: Day } | null
  /** An intent that was begun and whose outcome is not known yet. While there is one, nothing new is planned. */
  readonly unsettledKey: string | null
  /**
   * How many posts in a row left no trace, as a reading after the vendor's cut-off proved. The first allows one
   * more; from the second on a person decides (rule 17).
   */
  readonly lapsedInARow: number
}
