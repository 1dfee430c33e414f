import { sumMoney, type Day, type DecimalText } from '@trueup/core'
import type { Em } from '../../database/orm.ts'
import type { AdjustmentStatus } from '../adjustment/adjustment.entity.ts'
import type { PeriodMoneyType } from './period-money.type.ts'
import { sumPeriods } from './sum-periods.ts'

/** What one account's invoices change by in one run, and what is skipped there. */
export interface AccountMoney {
  /** `null`: all customers together that were mapped to no account. */
  readonly accountId: string | null
  readonly adjustments: number
  readonly held: number
  readonly unitsUp: number
  readonly unitsDown: number
  readonly money: readonly PeriodMoneyType[]
  readonly moneyPerPeriod: DecimalText
  readonly heldMoneyPerPeriod: DecimalText
  readonly revenueAtRiskPerMonth: DecimalText
}

/** What a run changes invoices by. */
export interface RunMoney {
  readonly periods: readonly PeriodMoneyType[]
  /** By the account's name; customers without one last. */
  readonly accounts: readonly AccountMoney[]
}

/** What was refused, dismissed, outdated or never sent changes no invoice. */
const CHANGING: readonly AdjustmentStatus[] = [
  'PLANNED',
  'APPROVED',
  'POSTING',
  'CONFIRMED',
  'UNKNOWN',
]

/** Whose it is. */
interface AccountKey {
  readonly accountId: string | null
  readonly nameSort: string | null
}

interface RiskRow extends AccountKey {
  readonly revenueAtRiskPerMonth: DecimalText
}

interface MoneyRow extends AccountKey {
  readonly status: AdjustmentStatus
  readonly unitChange: number
  readonly periodStart: Day
  readonly periodEnd: Day
  readonly moneyFirstPeriod: DecimalText | null
  readonly moneyPerPeriod: DecimalText | null
}

/**
 * Sums a run's adjustments and what it skips by period and by account, in two narrow queries. Sums are exact, so they are not
 * the database's.
 */
export async function readRunMoney(em: Em, runId: string): Promise<RunMoney> {
  const rows: MoneyRow[] = await em.execute(
    `select adjustment.account_id as "accountId", account.name_sort as "nameSort",
            adjustment.status, adjustment.unit_change as "unitChange",
            adjustment.period_start as "periodStart", adjustment.period_end as "periodEnd",
            adjustment.money_first_period as "moneyFirstPeriod",
            adjustment.money_per_period as "moneyPerPeriod"
       from adjustment
       join autotask_account account on account.id = adjustment.account_id
      where adjustment.run_id = ?`,
    [runId],
  )
  const risks: RiskRow[] = await em.execute(
    `select risk.account_id as "accountId", account.name_sort as "nameSort",
            risk.revenue_at_risk_per_month as "revenueAtRiskPerMonth"
       from customer_risk risk
       left join autotask_account account on account.id = risk.account_id
      where risk.run_id = ?`,
    [runId],
  )
  const shown = rows.filter((row) => CHANGING.includes(row.status) || row.status === 'HELD')
  const changes = Map.groupBy(shown, ({ accountId }) => accountId)
  const skipped = Map.groupBy(risks, ({ accountId }) => accountId)
  const names = new Map([...shown, ...risks].map((row) => [row.accountId, row.nameSort]))
  const accounts = [...names].sort(compareNames)
  return {
    periods: sumPeriods(rows.filter(isChanging)),
    accounts: accounts.map(([id]) =>
      toAccountMoney(id, changes.get(id) ?? [], skipped.get(id) ?? []),
    ),
  }
}

type NamedAccount = readonly [id: string | null, nameSort: string | null]

function compareNames([idA, nameA]: NamedAccount, [idB, nameB]: NamedAccount): number {
  if (idA === null || nameA === null) return 1
  if (idB === null || nameB === null) return -1
  if (nameA !== nameB) return nameA < nameB ? -1 : 1
  return idA < idB ? -1 : 1
}

function toAccountMoney(
  accountId: string | null,
  rows: readonly MoneyRow[],
  risks: readonly RiskRow[],
): AccountMoney {
  const changing = rows.filter(isChanging)
  const held = rows.filter((row) => row.status === 'HELD')
  return {
    accountId,
    adjustments: changing.length,
    held: held.length,
    unitsUp: changing.reduce((sum, { unitChange }) => sum + Math.max(unitChange, 0), 0),
    unitsDown: changing.reduce((sum, { unitChange }) => sum + Math.max(-unitChange, 0), 0),
    money: sumPeriods(changing),
    moneyPerPeriod: sumMoney(changing.flatMap((row) => row.moneyPerPeriod ?? [])),
    heldMoneyPerPeriod: sumMoney(held.flatMap((row) => row.moneyPerPeriod ?? [])),
    revenueAtRiskPerMonth: sumMoney(risks.map((row) => row.revenueAtRiskPerMonth)),
  }
}

function isChanging({ status }: MoneyRow): boolean {
  return CHANGING.includes(status)
}
