import type { CountingBasis, EffectiveDatePolicy } from './settings.ts'
import type { Finding } from './issue.ts'
import type { DeviceCategory } from './usage.ts'
import type { Day } from './values/day.ts'
import type { DecimalText } from './values/money.ts'
import type {
  AccountId,
  ApplicationName,
  ContractId,
  LineId,
  ServiceId,
  TenantId,
} from './values/ids.ts'

/** The difference between target and billed, as data. Computing it changes nothing (product.md, words). */
export interface Plan {
  readonly day: Day
  /** Every line that was compared, whether it changes or not, sorted by contract, service, effective day. */
  readonly lines: readonly PlannedLine[]
  /** What is to be posted, sorted by contract, service, effective day. */
  readonly adjustments: readonly PlannedAdjustment[]
  /** What is not posted until a person decides. */
  readonly holds: readonly Hold[]
  readonly findings: readonly Finding[]
  readonly totals: PlanTotals
}

/** Sums over a plan, for people. */
export interface PlanTotals {
  readonly linesCompared: number
  readonly linesUnchanged: number
  readonly adjustments: number
  readonly holds: number
  readonly unitsUp: number
  readonly unitsDown: number
  /** Money per full period that the adjustments add (or take away), where prices are known. */
  readonly moneyPerPeriod: DecimalText
  /** Money per month that is skipped, where prices are known (rule 7). */
  readonly revenueAtRiskPerMonth: DecimalText
}

/** One mapped service on one customer's contract: what it should carry and what it carries. */
export interface PlannedLine {
  readonly tenant: TenantId
  readonly account: AccountId
  readonly contract: ContractId
  readonly service: ServiceId
  /** `null` while the line does not exist: the first adjustment creates it. */
  readonly line: LineId | null
  readonly target: number
  readonly billed: number
  readonly explanation: Explanation
}

/** A change that should be posted as one Contract Service Adjustment. */
export interface PlannedAdjustment {
  /** Stable identity; see `identity.ts`. The database keeps it unique among intents. */
  readonly key: string
  /** The number of the line's journal entry this becomes; a line's adjustments are posted in this order. */
  readonly ordinal: number
  readonly tenant: TenantId
  readonly account: AccountId
  readonly contract: ContractId
  readonly service: ServiceId
  readonly line: LineId | null
  readonly effectiveDay: Day
  /** Units in force on the effective day. */
  readonly before: number
  /** `after - before`; never zero. */
  readonly change: number
  /** Never negative. */
  readonly after: number
  readonly money: AdjustmentMoney
  readonly explanation: Explanation
  /** Key of the confirmed adjustment this one undoes; `null` for ordinary ones. */
  readonly takesBack: string | null
}

/** What an adjustment does to invoices. */
export interface AdjustmentMoney {
  /** Price of one unit for one full billing period; `null` when the PSA does not tell. */
  readonly unitPrice: DecimalText | null
  /** The billing period the effective day lies in. */
  readonly periodStart: Day
  readonly periodEnd: Day
  /** Added to that period, prorated when the effective day is inside it. */
  readonly firstPeriod: DecimalText | null
  /** Added to every full period after it. */
  readonly perPeriod: DecimalText | null
}

/** Why a line should carry what it should carry (rule 15). Facts only; `explain.ts` makes sentences of them. */
export interface Explanation {
  readonly counts: readonly CountedMapping[]
  readonly policy: EffectiveDatePolicy
  /** Why this effective day. */
  readonly dateChoice: DateChoice
  readonly periodStart: Day
  readonly periodEnd: Day
  /** Units that were on the line before Trueup and stay on top of the count. */
  readonly baselineUnits: number
}

/** Why an effective day was chosen. */
export type DateChoice =
  | 'CURRENT_PERIOD_START'
  | 'NEXT_PERIOD_START'
  | 'NEXT_PERIOD_BECAUSE_POSTED'
  /** Somebody changed the line inside the current period, where Autotask's rows can be read in two ways. */
  | 'NEXT_PERIOD_BECAUSE_CHANGED_INSIDE'
  /** A change that lies on the line for later is taken back first, so that all later periods agree. */
  | 'LATER_CHANGE_LEVELLED'
  | 'RUN_DAY'
  /** Autotask takes one change inside a period per line and day, and today's is used up. */
  | 'DAY_AFTER_RUN_DAY'

/** One service mapping's part of a line's target. */
export interface CountedMapping {
  readonly application: ApplicationName
  readonly category: DeviceCategory | null
  readonly basis: CountingBasis
  readonly snapshotIds: readonly string[]
  readonly usageDay: Day
  /** What was read, before the rule. */
  readonly counted: number
  readonly excluded: number
  readonly included: number
  readonly minimum: number
  /** What it adds to the target. */
  readonly billable: number
  readonly keys: readonly string[]
}

/** Codes of holds; each has ways out. */
export type HoldCode =
  | 'UNOWNED_UNITS'
  | 'DRIFT'
  | 'AMBIGUOUS_LINE'
  | 'UNREADABLE_LINE'
  | 'UNSETTLED_ADJUSTMENT'
  | 'LINE_LIMIT_UNITS'
  | 'LINE_LIMIT_PERCENT'
  | 'LINE_LIMIT_MONEY'
  | 'DROP_TO_ZERO'
  | 'DOUBLED'
  | 'RUN_LIMIT_UNITS'
  | 'RUN_LIMIT_PERCENT'
  | 'RUN_LIMIT_MONEY'

/** What a person may decide about a hold. */
export type HoldExit =
  | 'APPROVE'
  | 'DISMISS'
  | 'OWN_LINE'
  | 'KEEP_BASELINE'
  | 'RESTORE'
  | 'ADOPT'
  | 'STOP'

/** An adjustment that is not posted until a person decides. */
export interface Hold {
  readonly code: HoldCode
  readonly adjustment: PlannedAdjustment
  readonly exits: readonly HoldExit[]
  readonly facts: Readonly<Record<string, string | number | null>>
}
