import type { TenantId } from './values/ids.ts'
import type { DecimalText } from './values/money.ts'
import { addMoney, multiplyMoney, subtractMoney, ZERO_MONEY } from './values/money.ts'

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
  | 'DEVICES_OF_NO_TENANT'
  | 'DIRECTORY_NOT_READ'
  | 'PERIODS_POSTED_TO_END'
  | 'LINE_STOPPED'
  | 'LINE_NO_LONGER_MAPPED'
  | 'ACCOUNT_PARKED'
  | 'TAKE_BACK_IMPOSSIBLE'
  | 'TAKE_BACK_PARTIAL'

const SEVERITIES: Readonly<Record<FindingCode, Severity>> = {
  TENANT_UNMAPPED: 'WARNING',
  TENANT_VANISHED: 'WARNING',
  BILLING_OFF: 'INFO',
  CONTRACT_NOT_CHOSEN: 'BLOCKING',
  CONTRACT_MISSING: 'BLOCKING',
  CONTRACT_OF_ANOTHER_ACCOUNT: 'BLOCKING',
  CONTRACT_NOT_RECURRING: 'BLOCKING',
  CONTRACT_ENDED: 'BLOCKING',
  CONTRACT_NOT_STARTED: 'BLOCKING',
  CONTRACT_ENDING: 'WARNING',
  CONTRACT_INACTIVE: 'INFO',
  CONTRACT_RENEWED: 'BLOCKING',
  CONTRACT_SHARED: 'BLOCKING',
  APPLICATION_UNMAPPED: 'WARNING',
  CATEGORY_UNMAPPED: 'WARNING',
  UNKNOWN_CATEGORY: 'WARNING',
  SERVICE_MISSING: 'BLOCKING',
  SERVICE_INACTIVE: 'WARNING',
  SERVICE_PERIOD_DIFFERS: 'WARNING',
  READING_INCOMPLETE: 'BLOCKING',
  READING_MISSING: 'BLOCKING',
  READING_TOO_OLD: 'BLOCKING',
  EVIDENCE_MISSING: 'BLOCKING',
  DEVICES_OF_NO_TENANT: 'WARNING',
  DIRECTORY_NOT_READ: 'WARNING',
  PERIODS_POSTED_TO_END: 'WARNING',
  LINE_STOPPED: 'INFO',
  LINE_NO_LONGER_MAPPED: 'WARNING',
  ACCOUNT_PARKED: 'BLOCKING',
  TAKE_BACK_IMPOSSIBLE: 'BLOCKING',
  TAKE_BACK_PARTIAL: 'WARNING',
}

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
  /** Whose money that is, where the finding is about several customers together. */
  readonly shares?: readonly FindingShare[]
}

/** One customer's part of a finding about several. */
export interface FindingShare {
  readonly tenant: TenantId
  /** More than zero. */
  readonly units: number
}

/** A finding with the severity its code always has. */
export function makeFinding(
  code: FindingCode,
  subject: Subject,
  facts: Finding['facts'] = {},
  revenueAtRiskPerMonth: DecimalText | null = null,
): Finding {
  return { code, severity: SEVERITIES[code], subject, facts, revenueAtRiskPerMonth }
}

/**
 * What is skipped for each customer, a month, where prices are known (product.md, rule 7). Findings about several are
 * divided by their units, so that the customers together make what the findings make, to the last decimal.
 */
export function sumRiskByTenant(findings: readonly Finding[]): ReadonlyMap<TenantId, DecimalText> {
  const risks = new Map<TenantId, DecimalText>()
  const add = (tenant: TenantId, money: DecimalText): void => {
    risks.set(tenant, addMoney(risks.get(tenant) ?? ZERO_MONEY, money))
  }
  for (const { subject, shares, revenueAtRiskPerMonth: risk } of findings) {
    if (risk === null) continue
    if (subject.kind === 'TENANT') add(subject.id as TenantId, risk)
    for (const { tenant, money } of divide(risk, shares ?? [])) add(tenant, money)
  }
  return risks
}

/** Each share is what it adds to the rounded sum of those before it. */
function divide(
  risk: DecimalText,
  shares: readonly FindingShare[],
): { tenant: TenantId; money: DecimalText }[] {
  const total = shares.reduce((sum, { units }) => sum + units, 0)
  let counted = 0
  let given = ZERO_MONEY
  return shares.map(({ tenant, units }) => {
    counted += units
    const until = multiplyMoney(risk, counted, total)
    const money = subtractMoney(until, given)
    given = until
    return { tenant, money }
  })
}

/** By code, then subject, then facts: the same findings are always in the same order. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.code, b.code) ||
    compareText(a.subject.id, b.subject.id) ||
    compareText(JSON.stringify(a.facts), JSON.stringify(b.facts))
  )
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
