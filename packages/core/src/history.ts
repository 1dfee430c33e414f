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
  /** How many intents were ever journalled for this line: the next one gets the next number. */
  readonly ordinal: number
  /** `OWNED`: Trueup decides the units. `STOPPED`: a person said hands off. `UNDECIDED`: never billed yet. */
  readonly ownership: 'UNDECIDED' | 'OWNED' | 'STOPPED'
  /** Units that were there before and stay on top of what is counted. */
  readonly baselineUnits: number
  /** Our last confirmed write (or an adopted hand edit): from this day on the line carried these units. */
  readonly confirmed: { readonly units: number; readonly effectiveDay: Day } | null
  /** An intent that was begun and whose outcome is not known yet. While there is one, nothing new is planned. */
  readonly unsettledKey: string | null
}
