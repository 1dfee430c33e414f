export { createAutotask } from './autotask.ts'
export type { Autotask, AutotaskOptions } from './autotask.ts'
export type {
  ConnectionCheck,
  ConnectionCheckCode,
  ConnectionQuestion,
  ConnectionReport,
} from './connection-test.ts'
export { inferFacts, NO_FACTS, readAnswers } from './first-write/connection-facts.ts'
export type {
  AnswerableQuestion,
  ConnectionFacts,
  FactAnswer,
} from './first-write/connection-facts.ts'
export { CUT_OFF_MS, firstWriteProbe } from './first-write/first-write-probe.ts'
export type {
  Begun,
  FirstWriteFacts,
  FirstWriteParts,
  FirstWriteReport,
  FirstWriteStep,
} from './first-write/first-write-probe.ts'
export type { MidPeriodRow } from './first-write/mid-period.ts'
export { proposeFirstWrite } from './first-write/proposal.ts'
export type { FirstWriteObstacle, FirstWriteProposal } from './first-write/proposal.ts'
export { createMemoryBudget, DEFAULT_BUDGET } from './http/budget.ts'
export type { BudgetSettings, RequestBudget, Reservation } from './http/budget.ts'
export { emptyHour, giveBackRequests, learnThreshold, minuteAt, takeRequests } from './http/hour.ts'
export type { HourState, MinuteCount, Taken, ThresholdReading } from './http/hour.ts'
export type { AutotaskCode } from './http/errors.ts'
export type { AutotaskEvent, AutotaskLog } from './http/events.ts'
export { createLanes } from './http/lanes.ts'
export type { Lanes } from './http/lanes.ts'
export { toAccountUrl, toContractUrl } from './links.ts'
