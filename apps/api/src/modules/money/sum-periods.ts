import { sumMoney, type Day, type DecimalText } from '@trueup/core'
import type { PeriodMoneyType } from './period-money.type.ts'

/** A change with what it adds to which period. */
export interface PricedChange {
  readonly periodStart: Day
  readonly periodEnd: Day
  readonly moneyFirstPeriod: DecimalText | null
  readonly moneyPerPeriod: DecimalText | null
}

/** Sums changes by the period they begin in, the earliest first. Exact: amounts are decimal text. */
export function sumPeriods(changes: readonly PricedChange[]): PeriodMoneyType[] {
  const byPeriod = Map.groupBy(changes, (change) => `${change.periodStart}/${change.periodEnd}`)
  return [...byPeriod.values()]
    .flatMap((same) => {
      const [first] = same
      if (first === undefined) return []
      const { periodStart, periodEnd } = first
      return [
        {
          periodStart,
          periodEnd,
          lines: same.length,
          linesWithoutPrice: same.filter((change) => change.moneyFirstPeriod === null).length,
          money: sumMoney(same.flatMap((change) => change.moneyFirstPeriod ?? [])),
          moneyPerPeriod: sumMoney(same.flatMap((change) => change.moneyPerPeriod ?? [])),
        },
      ]
    })
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
}

function orderOf({ periodStart, periodEnd }: PeriodMoneyType): string {
  return `${periodStart}/${periodEnd}`
}
