import {
  addDays,
  addMonths,
  earlierDay,
  laterDay,
  type Contract,
  type Day,
  type ReadOptions,
} from '@trueup/core'
import { nextPeriodStart } from '../calendar.ts'
import type { Client } from '../http/client.ts'
import { inGroups, MAXIMUM_OR_CONDITIONS, type Filter } from '../http/query.ts'
import { contractServiceUnitRow, type ContractServiceUnitRow } from '../wire.ts'
import { inFilledGroups } from './filled-groups.ts'
import { readRows, type RowsQuestion } from './rows.ts'

/** Whose units: a contract or a line by Autotask's number, and from which day on. */
export interface UnitSubject {
  readonly id: number
  /** The contract whose periods the rows follow; `null` when it is not known. */
  readonly contract: Contract | null
  /** Rows that end before this day are not wanted. */
  readonly fromDay: Day
  /** The period after the one of this day is the last that is wanted; `null` when all are. */
  readonly lastDay: Day | null
}

/** One question for unit rows, and whom it is about. */
export interface UnitQuestion extends RowsQuestion<ContractServiceUnitRow> {
  readonly subjects: readonly UnitSubject[]
}

const LONGEST_PERIOD_MONTHS = 12
/** Members of the group that says how a row may end. */
const END_CONDITIONS = 3
const NEVER = '1900-01-01T00:00:00'

/**
 * The questions that bring the rows wanted of every subject, and as few others as can be: a line has a row for
 * every period from its contract's first to its last. Subjects share a question until its conditions are used
 * up; periods of other lengths differ in how far ahead the next one starts, so each length has its own window.
 * `known` says how many rows a subject had when it was last read, so that pages can be filled.
 */
export function toUnitQuestions(
  field: 'contractID' | 'contractServiceID',
  subjects: readonly UnitSubject[],
  known: ReadonlyMap<number, number> = new Map(),
): readonly UnitQuestion[] {
  const windows = new Set(subjects.map(windowKey)).size
  const taken = windows > 1 ? windows * (END_CONDITIONS + 1) : END_CONDITIONS
  const size = MAXIMUM_OR_CONDITIONS - taken
  return inFilledGroups(subjects, size, ({ id }) => known.get(id)).map((group) => {
    const wanted = new Set(group.map((subject) => subject.id))
    return {
      entity: 'ContractServiceUnits',
      row: contractServiceUnitRow,
      filter: toWindowFilters(field, group),
      isAsked: (row) => wanted.has(row[field]),
      isEmptySurprising: false,
      subjects: group,
    }
  })
}

/**
 * All periods behind what the questions above bring, for lines whose rows are all posted already. Those that are posted
 * too are among them: without them the period behind the window looks open, and like one whose row is missing.
 */
export async function readLaterUnits(
  client: Client,
  lines: readonly number[],
  after: Day,
  options: ReadOptions,
): Promise<readonly ContractServiceUnitRow[]> {
  const groups = await Promise.all(
    inGroups(lines, MAXIMUM_OR_CONDITIONS).map((group) => {
      const wanted = new Set(group)
      return readRows(
        client,
        {
          entity: 'ContractServiceUnits',
          row: contractServiceUnitRow,
          filter: [
            { op: 'in', field: 'contractServiceID', value: group },
            { op: 'gt', field: 'startDate', value: noon(after) },
          ],
          isAsked: (row) => wanted.has(row.contractServiceID),
          isEmptySurprising: false,
        },
        options,
      )
    }),
  )
  return groups.flat()
}

/** The last day on which the last wanted period can start; `null` when all are wanted. */
export function windowEnd({ contract, lastDay }: UnitSubject): Day | null {
  if (lastDay === null) return null
  const months = contract?.periodMonths ?? LONGEST_PERIOD_MONTHS
  const day = contract === null ? lastDay : laterDay(lastDay, contract.startDay)
  const next = contract === null ? day : nextPeriodStart(contract.startDay, months, day)
  // Also right if the rows do not follow the grid: no period is longer than its months.
  return laterDay(addMonths(day, months), next)
}

/** Contracts that have not begun yet look further ahead than running ones and must not widen their window. */
function windowKey({ contract, lastDay }: UnitSubject): string {
  if (lastDay === null) return 'all'
  const months = contract?.periodMonths ?? LONGEST_PERIOD_MONTHS
  return contract !== null && contract.startDay > lastDay ? `${months} future` : String(months)
}

/** One window stands bare among the conditions; several are alternatives. */
function toWindowFilters(field: string, group: readonly UnitSubject[]): readonly Filter[] {
  const windows = Map.groupBy(group, windowKey)
  const alternatives = [...windows.values()].map((subjects) => toWindow(field, subjects))
  const [only = [], ...others] = alternatives
  if (others.length === 0) return only
  return [{ op: 'or', items: alternatives.map((items) => ({ op: 'and', items })) }]
}

function toWindow(field: string, subjects: readonly UnitSubject[]): readonly Filter[] {
  const fromDay = subjects.map((subject) => subject.fromDay).reduce(earlierDay)
  const ends = subjects.map(windowEnd).filter((end) => end !== null)
  const latest: readonly Filter[] =
    ends.length === 0 ? [] : [{ op: 'lte', field: 'startDate', value: noon(ends.reduce(laterDay)) }]
  return [
    { op: 'in', field, value: subjects.map((subject) => subject.id) },
    ...latest,
    endsOnOrAfter(fromDay),
  ]
}

/** Rows without an end, and of year 1, are wanted too: a row that is not seen looks like zero units. */
function endsOnOrAfter(day: Day): Filter {
  return {
    op: 'or',
    items: [
      { op: 'gte', field: 'endDate', value: noon(addDays(day, -1)) },
      { op: 'lt', field: 'endDate', value: NEVER },
      { op: 'notExist', field: 'endDate' },
    ],
  }
}

/**
 * Days are stored as midnights. Half a day away from every midnight, a comparison gives the same rows whatever
 * zone the server reads our date in; at midnight it would lose the row of a period's last day.
 */
function noon(day: Day): string {
  return `${day}T12:00:00`
}
