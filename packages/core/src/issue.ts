import type { DecimalText } from './values/money.ts'

/** How bad: `BLOCKING` keeps something from being billed, `WARNING` wants a look, `INFO` is good to know. */
export type Severity = 'BLOCKING' | 'WARNING' | 'INFO'

/** Codes of findings a plan can make; each has a heading in docs/errors.md. */
export type FindingCode =
  | 'TENANT_UNMAPPED'
  | 'TENANT_VANISHED'
  | 'BILLING_OFF'
  | 'CONTRACT_NOT_CHOSEN'
  | 'CONTRACT_MISSING'
  | 'CONTRACT_OF_ANOTHER_ACCOUNT'
  | 'CONTRACT_NOT_RECURRING'
  | 'CONTRACT_ENDED'
  | 'CONTRACT_NOT_STARTED'
  | 'CONTRACT_ENDING'
  | 'CONTRACT_INACTIVE'
  | 'CONTRACT_RENEWED'
  | 'CONTRACT_SHARED'
  | 'APPLICATION_UNMAPPED'
  | 'CATEGORY_UNMAPPED'
  | 'UNKNOWN_CATEGORY'
  | 'SERVICE_MISSING'
  | 'SERVICE_INACTIVE'
  | 'SERVICE_PERIOD_DIFFERS'
  | 'READING_INCOMPLETE'
  | 'READING_MISSING'
  | 'READING_TOO_OLD'
  | 'EVIDENCE_MISSING'
  | 'PERIODS_POSTED_TO_END'
  | 'LINE_STOPPED'
  | 'LINE_NO_LONGER_MAPPED'
  | 'ACCOUNT_PARKED'

/** What a finding or problem is about. */
export interface Subject {
  readonly kind:
    | 'TENANT'
    | 'ACCOUNT'
    | 'CONTRACT'
    | 'SERVICE'
    | 'APPLICATION'
    | 'LINE'
    | 'INTEGRATION'
    | 'RUN'
    | 'FIELD'
  readonly id: string
  readonly name: string
}

/** Something a person should know: a stable code, a subject and facts; sentences are made from them. */
export interface Finding {
  readonly code: FindingCode
  readonly severity: Severity
  readonly subject: Subject
  readonly facts: Readonly<Record<string, string | number | null>>
  /** What is skipped costs this much a month, where prices are known (rule 7). */
  readonly revenueAtRiskPerMonth: DecimalText | null
}
