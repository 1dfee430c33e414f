import { HOLD_EXITS } from '../../src/guard.ts'
import type { DateChoice, Plan, PlannedAdjustment } from '../../src/plan.ts'
import type { ReconcileInput } from '../../src/reconcile.ts'
import { DEVICE_CATEGORIES } from '../../src/usage.ts'
import { addDays } from '../../src/values/day.ts'

const DATE_CHOICES: readonly DateChoice[] = [
  'CURRENT_PERIOD_START',
  'NEXT_PERIOD_START',
  'NEXT_PERIOD_BECAUSE_POSTED',
  'NEXT_PERIOD_BECAUSE_CHANGED_INSIDE',
  'LATER_CHANGE_LEVELLED',
  'RUN_DAY',
  'DAY_AFTER_RUN_DAY',
]

/** What generated inputs have to reach, because that is where billing goes wrong. A generator that misses one tests nothing there. */
export const PLACES: readonly string[] = [
  ...Object.keys(HOLD_EXITS),
  ...DATE_CHOICES,
  ...['PERIOD_START', 'NEXT_PERIOD', 'TODAY', 'ASYMMETRIC'].map((policy) => `policy ${policy}`),
  ...[1, 3, 6, 12].map((months) => `periods of ${months} months`),
  ...['CURRENT', 'PEAK', 'AVERAGE'].map((basis) => `counted by ${basis}`),
  ...DEVICE_CATEGORIES.map((category) => `billed as ${category}`),
  'a peak of an earlier day',
  'an average of several days',
  'free units',
  'a minimum',
  'an excluded device',
  'two mappings summed on one service',
  'units on top of the count',
  'fewer units than counted, by a decision',
  'a contract that starts on the 29th to 31st',
  'a cut last period',
  'a change inside a period',
  'two changes of a line',
  'a line with a posted period',
  'a line that is made',
  'a line that falls to zero',
  'a policy of the customer',
  'a price that nobody tells',
  'EVIDENCE_MISSING',
  'UNKNOWN_CATEGORY',
  'CATEGORY_UNMAPPED',
  'SERVICE_MISSING',
  'SERVICE_INACTIVE',
  'READING_INCOMPLETE',
  'READING_MISSING',
  'READING_TOO_OLD',
  'CONTRACT_MISSING',
  'CONTRACT_NOT_RECURRING',
  'CONTRACT_ENDED',
  'CONTRACT_NOT_STARTED',
  'LINE_STOPPED',
  'LINE_NO_LONGER_MAPPED',
  'PERIODS_POSTED_TO_END',
]

/** The places that one plan reaches, each once. */
export function placesReached(input: ReconcileInput, plan: Plan): ReadonlySet<string> {
  const places = new Set<string>([
    ...plan.holds.map(({ code }) => code),
    ...plan.findings.map(({ code }) => code),
  ])
  const yesterday = addDays(input.day, -1)
  const reach = (place: string, isThere: boolean): void => void (isThere && places.add(place))
  for (const { explanation } of plan.lines) {
    const { counts, baselineUnits } = explanation
    for (const { basis, category, snapshotIds, included, excluded, ...count } of counts) {
      places.add(`counted by ${basis}`).add(`billed as ${category}`)
      reach('a peak of an earlier day', basis === 'PEAK' && count.usageDay < yesterday)
      reach('an average of several days', snapshotIds.length > 1)
      reach('free units', included > 0)
      reach('a minimum', count.minimum > count.counted - excluded - included)
      reach('an excluded device', excluded > 0)
    }
    const adding = counts.filter(({ billable }) => billable > 0)
    reach('two mappings summed on one service', adding.length > 1)
    reach('units on top of the count', baselineUnits > 0)
    reach('fewer units than counted, by a decision', baselineUnits < 0)
  }
  const lines = plan.adjustments.map(({ contract, service }) => `${contract}/${service}`)
  reach('two changes of a line', new Set(lines).size < lines.length)
  for (const adjustment of plan.adjustments) reachByChange(input, adjustment, reach)
  return places
}

function reachByChange(
  { ledger, settings }: ReconcileInput,
  adjustment: PlannedAdjustment,
  reach: (place: string, isThere: boolean) => void,
): void {
  const { line, effectiveDay, after, money, explanation } = adjustment
  const contract = ledger.contracts.find(({ id }) => id === adjustment.contract)
  const rows = ledger.unitPeriods.filter((row) => row.line === line)
  reach(explanation.dateChoice, true)
  reach(`policy ${explanation.policy}`, true)
  reach(`periods of ${contract?.periodMonths} months`, true)
  reach('a contract that starts on the 29th to 31st', (contract?.startDay ?? '').slice(8) > '28')
  reach(
    'a cut last period',
    explanation.periodEnd === contract?.endDay && money.firstPeriod !== money.perPeriod,
  )
  reach('a change inside a period', effectiveDay > explanation.periodStart)
  reach(
    'a line with a posted period',
    rows.some(({ postedDay }) => postedDay !== null),
  )
  reach('a line that is made', line === null)
  reach('a line that falls to zero', after === 0)
  reach('a policy of the customer', explanation.policy !== settings.effectiveDatePolicy)
  reach('a price that nobody tells', money.unitPrice === null)
}
