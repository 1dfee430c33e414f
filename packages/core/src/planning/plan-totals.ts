import type { Plan, PlanTotals } from '../plan.ts'
import type { DecimalText } from '../values/money.ts'
import { sumMoney } from '../values/money.ts'

/** The sums over a plan in which so many of the lines have an adjustment, held or not. */
export function totalPlan(plan: Omit<Plan, 'totals'>, linesChanged: number): PlanTotals {
  const { lines, adjustments, holds, findings } = plan
  const changes = adjustments.map(({ change }) => change)
  return {
    linesCompared: lines.length,
    linesUnchanged: lines.length - linesChanged,
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
