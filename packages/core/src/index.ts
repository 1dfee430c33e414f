// Plan: what should be billed against what is billed
export { reconcile } from './reconcile.ts'
export type { ReconcileInput, Approval } from './reconcile.ts'
export type { Plan, PlanTotals, PlannedLine, PlannedAdjustment, AdjustmentMoney } from './plan.ts'
export type { Explanation, CountedMapping, DateChoice, Hold, HoldCode, HoldExit } from './plan.ts'
export type { Finding, FindingCode, Severity, Subject } from './issue.ts'
export { makeFinding } from './issue.ts'

// Run: writes a plan once and proves it
export { runBilling } from './run/run-billing.ts'
export { planRun } from './run/plan-run.ts'
export type { PlannedRun, RunRequest } from './run/plan-run.ts'
export type { ApplyMode } from './run/apply-plan.ts'
export type { OutcomeEvent, RunEvent, SkipReason } from './run/events.ts'
export type { RunLimits, RunParts } from './run/parts.ts'

// Decide, undo, compute again, explain
export { decideHold } from './decisions/decide-hold.ts'
export type { HoldDecision } from './decisions/decide-hold.ts'
export { planCounter, runCounter } from './run/run-counter.ts'
export type { Counter, CounterRequest, PlannedCounter } from './run/run-counter.ts'
export { planRelease, planTakeBack } from './decisions/counter-plan.ts'
export type { CounterInput, LineName, TakenAdjustment } from './decisions/counter-plan.ts'
export { replayDay } from './replay.ts'
export type { ReplayDifference, WrittenAdjustment } from './replay.ts'
export { drawPlan } from './explain/draw-plan.ts'
export type { PlanNames } from './explain/draw-plan.ts'
export { explainAdjustment, explainLine } from './explain/explain-line.ts'
export { describeFinding } from './explain/finding-texts.ts'
export { describeHold } from './explain/hold-texts.ts'

// Ports: what adapters implement
export type { UsageSource, UsageReading, TenantListing, ContractLedger } from './ports.ts'
export type { Directory, AccountListing, AdjustmentRequest, ApplyOutcome } from './ports.ts'
export type { Journal, AdjustmentIntent, Settlement, ContractLock, Clock } from './ports.ts'
export type { ReadOptions, AbortSignalLike } from './ports.ts'
export { IntentConflict, VendorError } from './ports.ts'

// What plans are made of: usage, the PSA, settings, our own past
export type { ApplicationUsage, DatedReading, DeviceCategory, DeviceUse } from './usage.ts'
export type { TenantReading, TenantUsage, UsageUnit } from './usage.ts'
export { DEVICE_CATEGORIES } from './usage.ts'
export type { Contract, ContractService, LedgerState, PeriodMonths, Service } from './ledger.ts'
export type { UnitPeriod } from './ledger.ts'
export type { AccountMapping, BillingSettings, BrakeLimits, CountingBasis } from './settings.ts'
export type { CountingRule, EffectiveDatePolicy, ServiceMapping } from './settings.ts'
export { DEFAULT_COUNTING_RULE, NO_BRAKES } from './settings.ts'
export type { LineRecord } from './history.ts'

// Days, money, ids
export type { Day } from './values/day.ts'
export { addDays, addMonths, daysBetween, earlierDay, laterDay } from './values/day.ts'
export { monthsBetween } from './values/day.ts'
export { parseDay, toDay } from './values/day.ts'
export type { DecimalText } from './values/money.ts'
export { addMoney, multiplyMoney, sumMoney, toDecimal } from './values/money.ts'
export type { AccountId, ApplicationName, ContractId, DeviceId, LineId } from './values/ids.ts'
export type { ServiceId, TenantId } from './values/ids.ts'
export { invariant, InvariantError } from './invariant.ts'
