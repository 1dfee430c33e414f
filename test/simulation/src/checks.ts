import type { JournalEntry } from '@trueup/core/testing'
import type { CallSummary, SandboxState, UnitPeriodState } from '@trueup/sandbox'
import { lineName, type Office } from './office.ts'
import { decisiveRows, expectLines, hasPeriodAhead } from './truth.ts'

/** What is wrong, one sentence each; empty when all is well. */
type Faults = readonly string[]

/** Faults, and how many lines were looked at. */
interface Proof {
  readonly faults: Faults
  readonly lines: number
}

/** Every line carries what its customer uses, in every period that is still open. */
export function findWrongUnits(state: SandboxState, office: Office): Proof {
  const expected = expectLines(state, office)
  const faults = expected.flatMap((one) => {
    const { name, units, line } = one
    if (line === null || line.unitPeriods.length === 0) {
      const isMissed = units > 0 && hasPeriodAhead(state, one)
      return isMissed ? [`${name} has no units and should have ${units}`] : []
    }
    const wrong = decisiveRows(state, office, one).find((row) => row.units !== units)
    return wrong
      ? [`${name} has ${wrong.units} from ${wrong.startDate} and should have ${units}`]
      : []
  })
  return { faults, lines: expected.length }
}

/**
 * Every adjustment that Autotask took through the API is one that the journal says was posted, and every one that the
 * journal calls confirmed was taken: once.
 */
export function findUnexplained(state: SandboxState, entries: readonly JournalEntry[]): Faults {
  const taken = countBy(
    state.adjustments.filter(({ by }) => by === 'api'),
    ({ lineID, effectiveDate, unitChange }) => {
      const line = state.lines.find(({ id }) => id === lineID)
      return `${lineName(line?.contractID ?? '?', line?.serviceID ?? '?')} ${unitChange} from ${effectiveDate}`
    },
  )
  const nameOf = ({ intent }: JournalEntry) => {
    const { contract, service, before, after, effectiveDay } = intent
    return `${lineName(contract, service)} ${after - before} from ${effectiveDay}`
  }
  const confirmed = entries.filter(({ settlement }) => settlement?.kind === 'CONFIRMED')
  const possible = entries.filter((entry) => mayHaveHappened(entry, state))
  const [least, most] = [countBy(confirmed, nameOf), countBy(possible, nameOf)]
  return [...new Set([...taken.keys(), ...least.keys()])].flatMap((name) => {
    const count = taken.get(name) ?? 0
    if (count > (most.get(name) ?? 0))
      return [`${name} was posted ${count} times and is explained ${most.get(name) ?? 0} times`]
    if (count < (least.get(name) ?? 0))
      return [`${name} is confirmed ${least.get(name) ?? 0} times and was posted ${count} times`]
    return []
  })
}

/** Rows that were posted are what somebody was invoiced: they must stay as they were. */
export function findRewritten(
  state: SandboxState,
  invoiced: ReadonlyMap<number, UnitPeriodState>,
): Faults {
  const rows = new Map(state.unitPeriods.map((row) => [row.id, row]))
  return [...invoiced.values()].flatMap((before) => {
    const { units, price } = rows.get(before.id) ?? {}
    if (units === before.units && price === before.price) return []
    return [
      `posted row ${before.id} carried ${before.units} for ${before.price} and now ${units} for ${price}`,
    ]
  })
}

/** Autotask allows three requests at a time for each entity; one stays free for others. */
export function findCrowds({ maxConcurrentByLane }: CallSummary): Faults {
  return Object.entries(maxConcurrentByLane)
    .filter(([lane, most]) => lane.startsWith('autotask.') && most > 2)
    .map(([lane, most]) => `${most} requests at a time for ${lane}`)
}

/**
 * Certainly posted, or open, or a person took what Autotask shows for the outcome. A change in a period that was posted
 * meanwhile may show in none of the rows that were read, and is then called lapsed, where Autotask leaves posted rows alone.
 */
function mayHaveHappened({ intent, settlement }: JournalEntry, { lines }: SandboxState): boolean {
  const kind = settlement?.kind ?? 'UNKNOWN'
  if (kind === 'CONFIRMED' || kind === 'UNKNOWN' || kind === 'RESOLVED') return true
  const name = lineName(intent.contract, intent.service)
  const line = lines.find((one) => lineName(one.contractID, one.serviceID) === name)
  const isPosted = line?.unitPeriods.some(
    (row) =>
      row.posted && row.startDate <= intent.effectiveDay && row.endDate >= intent.effectiveDay,
  )
  return kind === 'LAPSED' && isPosted === true
}

function countBy<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(nameOf(item), (counts.get(nameOf(item)) ?? 0) + 1)
  return counts
}
