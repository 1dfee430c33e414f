import { sumMoney, type DecimalText } from '@trueup/core'
import { afterEach, describe, expect, test } from 'vitest'
import { databaseKinds, type DatabaseKind } from '../../../test/kit/databases.ts'
import { mapCustomers } from '../../../test/kit/map-customers.ts'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'

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
      readonly totals: { readonly moneyPerPeriod: DecimalText; readonly adjustments: number }
      readonly money: readonly PeriodMoney[]
      readonly accounts: readonly {
        readonly account: { readonly id: string; readonly name: string }
        readonly adjustments: number
        readonly unitsUp: number
        readonly money: readonly PeriodMoney[]
        readonly moneyPerPeriod: DecimalText
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
  totals { moneyPerPeriod adjustments } money { ${PERIOD} }
  accounts { account { id name } adjustments unitsUp money { ${PERIOD} } moneyPerPeriod }
  adjustments(first: 500) { nodes { status change account { id } moneyFirstPeriod periodStart periodEnd } } } } }`

describe.each(databaseKinds)('the money of a run, on %s', (kind: DatabaseKind) => {
  let practice: Practice
  afterEach(() => practice.close())

  test('adds up: lines make accounts and periods, and those make the run', async () => {
    practice = await startPractice(kind, {
      seed: 3,
      virtualServers: 8,
      devices: 80,
      switches: { serviceTimeMs: 0 },
    })
    await mapCustomers(practice)
    const { data, errors } = await practice.trueup.ask<Answer>(RUN, { id: practice.integrationId })
    expect(errors).toEqual([])
    const { run } = data.runNow
    expect(run.accounts.length).toBeGreaterThan(2)
    expect(sumMoney(run.accounts.map(({ moneyPerPeriod }) => moneyPerPeriod))).toBe(
      run.totals.moneyPerPeriod,
    )
    expect(run.accounts.reduce((sum, { adjustments }) => sum + adjustments, 0)).toBe(
      run.totals.adjustments,
    )
    for (const { account, money, unitsUp } of run.accounts) {
      const lines = run.adjustments.nodes.filter(
        (line) => line.account.id === account.id && line.status === 'CONFIRMED',
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
