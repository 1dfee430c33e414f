import { sumMoney, type DecimalText } from '@trueup/core'
import { afterEach, describe, expect, test } from 'vitest'
import { databaseKinds, type DatabaseKind } from '../../../test/kit/databases.ts'
import { mapCustomers } from '../../../test/kit/map-customers.ts'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'
import { AccountMappingEntity } from '../mapping/account-mapping.entity.ts'

interface PeriodMoney {
  readonly periodStart: string
  readonly periodEnd: string
  readonly lines: number
  readonly money: DecimalText
  readonly moneyPerPeriod: DecimalText
}
interface Answer {
  readonly runNow: {
    readonly run: {
      readonly totals: {
        readonly moneyPerPeriod: DecimalText
        readonly adjustments: number
        readonly revenueAtRiskPerMonth: DecimalText
      }
      readonly money: readonly PeriodMoney[]
      readonly accounts: readonly {
        readonly account: { readonly id: string; readonly name: string } | null
        readonly adjustments: number
        readonly unitsUp: number
        readonly money: readonly PeriodMoney[]
        readonly moneyPerPeriod: DecimalText
        readonly revenueAtRiskPerMonth: DecimalText
      }[]
      readonly adjustments: {
        readonly nodes: readonly {
          readonly status: string
          readonly change: number
          readonly account: { readonly id: string }
          readonly moneyFirstPeriod: DecimalText | null
          readonly periodStart: string
          readonly periodEnd: string
        }[]
      }
    }
  }
}

const PERIOD = 'periodStart periodEnd lines money moneyPerPeriod'
const RUN = `mutation ($id: ID!) { runNow(integrationId: $id, wait: true) { run {
  totals { moneyPerPeriod adjustments revenueAtRiskPerMonth } money { ${PERIOD} }
  accounts { account { id name } adjustments unitsUp money { ${PERIOD} } moneyPerPeriod revenueAtRiskPerMonth }
  adjustments(first: 500) { nodes { status change account { id } moneyFirstPeriod periodStart periodEnd } } } } }`

describe.each(databaseKinds)('the money of a run, on %s', (kind: DatabaseKind) => {
  let practice: Practice
  afterEach(() => practice.close())

  const small = {
    seed: 3,
    virtualServers: 8,
    devices: 80,
    switches: { serviceTimeMs: 0 },
  }

  async function runNow(): Promise<Answer['runNow']['run']> {
    const { data, errors } = await practice.trueup.ask<Answer>(RUN, { id: practice.integrationId })
    expect(errors).toEqual([])
    return data.runNow.run
  }

  test('says what is skipped of whom, also of customers without an account, and all of it together', async () => {
    practice = await startPractice(kind, small)
    const [off, unmapped] = await mapCustomers(practice)
    const em = practice.trueup.app.services.orm.em.fork()
    const mapping = { tenant: off?.tenantId ?? '' }
    await em.nativeUpdate(AccountMappingEntity, mapping, { billingEnabled: false })
    const removed = { account: null, contract: null, billingEnabled: false }
    await em.nativeUpdate(AccountMappingEntity, { tenant: unmapped?.tenantId ?? '' }, removed)
    const { accounts, totals } = await runNow()
    const skipped = accounts.filter((one) => Number(one.revenueAtRiskPerMonth) > 0)
    const { account: found } = await em.findOneOrFail(AccountMappingEntity, mapping)
    const row = skipped.find(({ account }) => account?.id === found?.id)
    expect([row?.adjustments, row?.money]).toEqual([0, []])
    expect(accounts.at(-1)?.account).toBeNull()
    expect(skipped).toContain(accounts.at(-1))
    expect(sumMoney(accounts.map((one) => one.revenueAtRiskPerMonth))).toBe(
      totals.revenueAtRiskPerMonth,
    )
    const names = accounts.flatMap(({ account }) => account?.name.toLowerCase() ?? [])
    expect(names).toEqual([...names].sort())

    // What was skipped on that day stays with whom it was skipped of.
    await em.nativeUpdate(AccountMappingEntity, mapping, removed)
    const again = await practice.trueup.ask<{
      billingRuns: { nodes: readonly Answer['runNow']['run'][] }
    }>(
      `query ($id: ID!) { billingRuns(integrationId: $id, first: 1) { nodes { accounts { revenueAtRiskPerMonth } } } }`,
      { id: practice.integrationId },
    )
    expect(again.data.billingRuns.nodes[0]?.accounts).toEqual(
      accounts.map(({ revenueAtRiskPerMonth }) => ({ revenueAtRiskPerMonth })),
    )
  })

  test('adds up: lines make accounts and periods, and those make the run', async () => {
    practice = await startPractice(kind, small)
    await mapCustomers(practice)
    const run = await runNow()
    expect(run.accounts.length).toBeGreaterThan(2)
    expect(sumMoney(run.accounts.map(({ moneyPerPeriod }) => moneyPerPeriod))).toBe(
      run.totals.moneyPerPeriod,
    )
    expect(run.accounts.reduce((sum, { adjustments }) => sum + adjustments, 0)).toBe(
      run.totals.adjustments,
    )
    for (const { account, money, unitsUp } of run.accounts) {
      const lines = run.adjustments.nodes.filter(
        (line) => line.account.id === account?.id && line.status === 'CONFIRMED',
      )
      expect(sumMoney(money.map((period) => period.money))).toBe(
        sumMoney(lines.flatMap(({ moneyFirstPeriod }) => moneyFirstPeriod ?? [])),
      )
      expect(unitsUp).toBe(lines.reduce((sum, { change }) => sum + Math.max(change, 0), 0))
    }
    const lines = run.adjustments.nodes.filter(({ status }) => status === 'CONFIRMED')
    expect(run.money.map(({ money }) => money)).toEqual(
      run.money.map(({ periodStart, periodEnd }) =>
        sumMoney(
          lines
            .filter((line) => line.periodStart === periodStart && line.periodEnd === periodEnd)
            .flatMap(({ moneyFirstPeriod }) => moneyFirstPeriod ?? []),
        ),
      ),
    )
  })
})
