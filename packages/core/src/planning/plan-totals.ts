import type { Plan, PlanTotals } from '../plan.ts'
import type { DecimalText } from '../values/money.ts'
import { sumMoney } from '../values/money.ts'

/** The sums over a plan. A line is unchanged when no adjustment, held or not, is about it. */
export function totalPlan(plan: Omit<Plan, 'totals'>): PlanTotals {
  const { lines, adjustments, holds, findings } = plan
  const changed = new Set(
    [...adjustments, ...holds.map(({ adjustment }) => adjustment)].map(
      ({ contract, service, line }) => `${contract}/${service}/${line ?? ''}`,
    ),
  )
  const changes = adjustments.map(({ change }) => change)
  return {
    linesCompared: lines.length,
    linesUnchanged: Math.max(0, lines.length - changed.size),
    adjustments: adjustments.length,
    holds: holds.length,
    unitsUp: changes.reduce((sum, change) => sum + Math.max(change, 0), 0),
    unitsDown: changes.reduce((sum, change) => sum + Math.max(-change, 0), 0),
    moneyPerPeriod: sumMoney(known(adjustments.map(({ money }) => money.perPeriod))),
    revenueAtRiskPerMonth: sumMoney(
      known(findings.map(({ revenueAtRiskPerMonth }) => revenueAtRiskPerMonth)),
    ),
  }
}

function known(amounts: readonly (DecimalText | null)[]): DecimalText[] {
  return amounts.filter((amount) => amount !== null)
}
