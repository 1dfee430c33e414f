import { sumMoney, type Day, type DecimalText } from '@trueup/core'
import type { Em } from '../../database/orm.ts'
import type { AdjustmentStatus } from '../adjustment/adjustment.entity.ts'
import type { PeriodMoneyType } from './period-money.type.ts'
import { sumPeriods } from './sum-periods.ts'

/** What one account's invoices change by in one run. */
export interface AccountMoney {
  readonly accountId: string
  readonly adjustments: number
  readonly held: number
  readonly unitsUp: number
  readonly unitsDown: number
  readonly money: readonly PeriodMoneyType[]
  readonly moneyPerPeriod: DecimalText
  readonly heldMoneyPerPeriod: DecimalText
}

/** What a run changes invoices by. */
export interface RunMoney {
  readonly periods: readonly PeriodMoneyType[]
  /** By the account's name. */
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

interface MoneyRow {
  readonly accountId: string
  readonly status: AdjustmentStatus
  readonly unitChange: number
  readonly periodStart: Day
  readonly periodEnd: Day
  readonly moneyFirstPeriod: DecimalText | null
  readonly moneyPerPeriod: DecimalText | null
}

/** Sums a run's adjustments by period and by account, in one narrow query. Sums are exact, so they are not the database's. */
export async function readRunMoney(em: Em, runId: string): Promise<RunMoney> {
  const rows: MoneyRow[] = await em.execute(
    `select adjustment.account_id as "accountId", adjustment.status, adjustment.unit_change as "unitChange",
            adjustment.period_start as "periodStart", adjustment.period_end as "periodEnd",
            adjustment.money_first_period as "moneyFirstPeriod",
            adjustment.money_per_period as "moneyPerPeriod"
       from adjustment
       join autotask_account account on account.id = adjustment.account_id
      where adjustment.run_id = ?
      order by account.name_sort, account.id`,
    [runId],
  )
  const byAccount = Map.groupBy(
    rows.filter((row) => CHANGING.includes(row.status) || row.status === 'HELD'),
    (row) => row.accountId,
  )
  return {
    periods: sumPeriods(rows.filter(isChanging)),
    accounts: [...byAccount].map(([accountId, own]) => toAccountMoney(accountId, own)),
  }
}

function toAccountMoney(accountId: string, rows: readonly MoneyRow[]): AccountMoney {
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
  }
}

function isChanging({ status }: MoneyRow): boolean {
  return CHANGING.includes(status)
}
