export type { Day } from './values/day.ts'
export {
  addDays,
  addMonths,
  daysBetween,
  earlierDay,
  laterDay,
  monthsBetween,
  parseDay,
  toDay,
} from './values/day.ts'
export type * from './values/ids.ts'
export type { DecimalText } from './values/money.ts'
export { addMoney, multiplyMoney, parseDecimal, sumMoney, toDecimal } from './values/money.ts'
export type { BillingCalendar, BillingPeriod } from './values/period.ts'
export { isPeriodStart, listPeriods, periodAfter, periodAt, periodOn } from './values/period.ts'
export { invariant, InvariantError } from './invariant.ts'
export type * from './usage.ts'
export { DEVICE_CATEGORIES } from './usage.ts'
export type * from './ledger.ts'
export type * from './settings.ts'
export { DEFAULT_COUNTING_RULE, NO_BRAKES } from './settings.ts'
export type { LineRecord } from './history.ts'
export type * from './plan.ts'
export type { Finding, FindingCode, Severity, Subject } from './issue.ts'
export type { Approval, ReconcileInput } from './reconcile.ts'
export { reconcile } from './reconcile.ts'
export type { HoldDecision } from './decide-hold.ts'
export { decideHold } from './decide-hold.ts'
export type { PlanNames } from './explain/draw-plan.ts'
export { drawPlan } from './explain/draw-plan.ts'
export { explainAdjustment, explainLine } from './explain/explain-line.ts'
export { describeFinding } from './explain/finding-texts.ts'
export { describeHold } from './explain/hold-texts.ts'
export { HOLD_EXITS } from './guard.ts'
export { adjustmentKey } from './identity.ts'
export type * from './ports.ts'
export { IntentConflict, VendorError } from './ports.ts'
export type { OutcomeEvent, RunEvent, SkipReason } from './run/events.ts'
export type { RunLimits, RunParts } from './run/parts.ts'
export { DEFAULT_RUN_LIMITS } from './run/parts.ts'
export type { PlannedRun, RunRequest } from './run/plan-run.ts'
export { planRun } from './run/plan-run.ts'
export type { ApplyMode } from './run/run-billing.ts'
export { runBilling } from './run/run-billing.ts'
