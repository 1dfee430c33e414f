import type { Plan, PlannedAdjustment } from '../plan.ts'
import type { AccountId, ServiceId } from '../values/ids.ts'
import { explainAdjustment } from './explain-line.ts'
import { describeFinding } from './finding-texts.ts'
import { describeHold } from './hold-texts.ts'

/** Names to show instead of ids, where they are known. */
export interface PlanNames {
  account?(id: AccountId): string
  service?(id: ServiceId): string
}

/** A plan as text for people: every adjustment and hold with its reasons, every finding, the totals. */
export function drawPlan(plan: Plan, names: PlanNames = {}): string {
  const { totals } = plan
  const lines = [
    `Plan for ${plan.day}`,
    ...section('To post', plan.adjustments, (adjustment) => drawAdjustment(adjustment, names)),
    ...section('Held', plan.holds, (hold) => [
      ...drawAdjustment(hold.adjustment, names),
      `    ${hold.code}: ${describeHold(hold)}`,
      `    ways out: ${hold.exits.join(', ')}`,
    ]),
    ...section('Findings', plan.findings, (finding) => {
      const risk = finding.revenueAtRiskPerMonth
      const cost = risk === null ? '' : ` ${risk} a month at risk.`
      return [`  ${finding.severity} ${finding.code}: ${describeFinding(finding)}${cost}`]
    }),
    `${totals.linesCompared} lines compared, ${totals.linesUnchanged} unchanged, ` +
      `${totals.unitsUp} units up, ${totals.unitsDown} down, ` +
      `${totals.moneyPerPeriod} a period, ${totals.revenueAtRiskPerMonth} a month at risk`,
  ]
  return lines.join('\n')
}

function section<Item>(
  title: string,
  items: readonly Item[],
  draw: (item: Item) => readonly string[],
): readonly string[] {
  return items.length === 0 ? [] : [title, ...items.flatMap(draw)]
}

function drawAdjustment(adjustment: PlannedAdjustment, names: PlanNames): string[] {
  const { account, service, before, after, change, effectiveDay } = adjustment
  const sign = change > 0 ? '+' : ''
  const who = names.account?.(account) ?? account
  const what = names.service?.(service) ?? service
  return [
    `  ${who}, ${what}: ${before} ${sign}${change} = ${after} from ${effectiveDay}`,
    ...explainAdjustment(adjustment).map((sentence) => `    ${sentence}`),
  ]
}
