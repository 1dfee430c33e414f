import type {
  AdjustmentMoney,
  CountedMapping,
  DateChoice,
  Explanation,
  PlannedAdjustment,
  PlannedLine,
} from '../plan.ts'
import type { EffectiveDatePolicy } from '../settings.ts'
import type { DeviceCategory } from '../usage.ts'
import { absoluteMoney } from '../values/money.ts'

const CATEGORY_NAMES: Readonly<Record<DeviceCategory, string>> = {
  WINDOWS_WORKSTATION: 'Windows workstations',
  WINDOWS_SERVER: 'Windows servers',
  NON_WINDOWS: 'devices without Windows',
}

const POLICY_NAMES: Readonly<Record<EffectiveDatePolicy, string>> = {
  PERIOD_START: 'changes count from the start of the current period',
  NEXT_PERIOD: 'changes count from the start of the next period',
  TODAY: 'changes count from the day of the run',
  ASYMMETRIC: 'more units count from this period, fewer from the next one',
}

const DATE_REASONS: Readonly<Record<DateChoice, string>> = {
  CURRENT_PERIOD_START: 'the current period is not posted yet',
  NEXT_PERIOD_START: 'that is the start of the next period',
  NEXT_PERIOD_BECAUSE_POSTED: 'the period before it is posted already',
  NEXT_PERIOD_BECAUSE_CHANGED_INSIDE: 'the line was already changed inside the current period',
  LATER_CHANGE_LEVELLED: 'a change that lies on the line for that day is taken back first',
  RUN_DAY: 'that is the day of the run',
  DAY_AFTER_RUN_DAY: 'the line was already changed on the day before',
}

/** Why a line carries, or should carry, what it should: one sentence a fact (product.md, rule 15). */
export function explainLine(line: PlannedLine): string[] {
  const { target, billed, explanation } = line
  const verdict =
    target === billed
      ? `The line carries ${units(billed)}, as it should.`
      : `The line carries ${units(billed)} and should carry ${target}.`
  return [...explainCounts(explanation), verdict]
}

/** Why an adjustment has this number, this day and this price: one sentence a fact (product.md, rule 15). */
export function explainAdjustment(adjustment: PlannedAdjustment): string[] {
  const { before, after, change, effectiveDay, explanation, money, takesBack } = adjustment
  const word = change > 0 ? 'more' : 'fewer'
  return [
    ...explainCounts(explanation),
    ...(takesBack === null ? [] : [`This takes back the adjustment ${takesBack}.`]),
    `From ${effectiveDay} on the line carries ${units(before)}; with ${Math.abs(change)} ${word} it carries ${after}.`,
    `The day is ${effectiveDay} because ${POLICY_NAMES[explanation.policy]} and ${DATE_REASONS[explanation.dateChoice]}.`,
    ...explainMoney(money),
  ]
}

function explainCounts({ counts, baselineUnits }: Explanation): string[] {
  const sentences = counts.flatMap(explainCount)
  if (counts.length > 1) {
    const sum = counts.reduce((total, { billable }) => total + billable, 0)
    sentences.push(`Together they make ${units(sum)}.`)
  }
  if (baselineUnits > 0) {
    sentences.push(
      `${units(baselineUnits)} that ${baselineUnits === 1 ? 'was' : 'were'} there before stay on top.`,
    )
  }
  if (baselineUnits < 0) {
    sentences.push(
      `${units(-baselineUnits)} fewer are billed, as a hand edit in the PSA was adopted.`,
    )
  }
  return sentences
}

function explainCount(count: CountedMapping): string[] {
  const { application, category, basis, counted, usageDay, keys } = count
  const what = category === null ? application : `${application}, ${CATEGORY_NAMES[category]}`
  const how = {
    CURRENT: `on ${usageDay}`,
    PEAK: `at the period's peak on ${usageDay}`,
    AVERAGE: `on average over ${count.snapshotIds.length} days until ${usageDay}`,
  }[basis]
  const by = keys.length === 0 ? '' : ` by ${keys.length === 1 ? 'key' : 'keys'} ${keys.join(', ')}`
  const steps = [
    ...(count.excluded > 0 ? [`${count.excluded} excluded`] : []),
    ...(count.included > 0 ? [`${count.included} included free`] : []),
    ...(count.minimum > 0 ? [`at least ${count.minimum}`] : []),
  ]
  const rule = steps.length === 0 ? '' : ` With ${steps.join(', ')}: ${count.billable} to bill.`
  return [`${what}: ${counted} counted ${how}${by}.${rule}`]
}

function explainMoney(money: AdjustmentMoney): string[] {
  const { unitPrice, firstPeriod, perPeriod, periodStart, periodEnd } = money
  if (unitPrice === null || firstPeriod === null || perPeriod === null) {
    return ['The price is not known, so no amount is given.']
  }
  const word = perPeriod.startsWith('-') ? 'less' : 'more'
  return [
    `One unit costs ${unitPrice} a period: ${absoluteMoney(firstPeriod)} ${word} in the period ${periodStart} to ${periodEnd}, ${absoluteMoney(perPeriod)} ${word} in every whole period after it.`,
  ]
}

function units(count: number): string {
  return count === 1 ? '1 unit' : `${count} units`
}
