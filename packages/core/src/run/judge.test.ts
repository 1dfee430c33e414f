import { expect, test } from 'vitest'
import type { UnitPeriod } from '../ledger.ts'
import { aContract, CONTRACT, ENDPOINT_SERVICE } from '../testing/index.ts'
import { toDay } from '../values/day.ts'
import type { LineId } from '../values/ids.ts'
import type { Verdict } from './judge.ts'
import { judgeIntent } from './judge.ts'

const line = 'line-1' as LineId

/** Rows as `start units`, with `posted` behind it where it is. A row ends with its month. */
function verdictOf(
  day: string,
  [before, after]: readonly [number, number],
  rows: readonly string[],
  isAccepted: boolean,
): Verdict {
  const unitPeriods = rows.map((text): UnitPeriod => {
    const [start = '', units = '', posted] = text.split(' ')
    const startDay = toDay(start)
    const endDay = toDay(
      `${start.slice(0, 7)}-${['09', '11'].includes(start.slice(5, 7)) ? '30' : '31'}`,
    )
    const postedDay = posted === undefined ? null : startDay
    return { line, startDay, endDay, units: Number(units), price: null, postedDay }
  })
  const intent = {
    key: 'key',
    ordinal: 1,
    contract: CONTRACT,
    service: ENDPOINT_SERVICE,
    line,
    effectiveDay: toDay(day),
    before,
    after,
    attempt: 1,
    recordedAtMs: 0,
    takesBack: null,
  }
  const lines = [{ id: line, contract: CONTRACT, service: ENDPOINT_SERVICE, unitPrice: null }]
  return judgeIntent({ intent, contract: aContract(), isAccepted }, { lines, unitPeriods })
}

function judge(
  day: string,
  change: readonly [number, number],
  rows: readonly string[],
  isAccepted = false,
): Verdict['kind'] {
  return verdictOf(day, change, rows, isAccepted).kind
}

const up = [10, 15] as const

test.each<[string, readonly string[], Verdict['kind']]>([
  ['all carry the new total', ['2026-10-01 15', '2026-11-01 15'], 'AT_TARGET'],
  ['all carry the old one', ['2026-10-01 10', '2026-11-01 10'], 'UNCHANGED'],
  ['the posted one stayed behind', ['2026-10-01 10 posted', '2026-11-01 15'], 'AT_TARGET'],
  [
    'the posted one and the next carry the old one',
    ['2026-10-01 10 posted', '2026-11-01 10'],
    'UNCHANGED',
  ],
  [
    'only posted ones were read, and a PSA may skip those',
    ['2026-10-01 10 posted', '2026-11-01 10 posted'],
    'UNSEEN',
  ],
  ['the open one stayed behind', ['2026-10-01 10', '2026-11-01 15'], 'OTHER'],
  ['somebody added one more', ['2026-10-01 16', '2026-11-01 16'], 'OTHER'],
  ['the row of the day is missing', ['2026-09-01 10'], 'OTHER'],
])('a change at the start of a period, where %s', (_, rows, verdict) => {
  expect(judge('2026-10-01', up, rows)).toBe(verdict)
})

test.each<[string, readonly string[], Verdict['kind'], Verdict['kind']]>([
  [
    'a row more has the total',
    ['2026-10-01 10', '2026-10-17 15', '2026-11-01 15'],
    'AT_TARGET',
    'AT_TARGET',
  ],
  [
    'a row more has the difference',
    ['2026-10-01 10', '2026-10-17 5', '2026-11-01 15'],
    'AT_TARGET',
    'AT_TARGET',
  ],
  ['the whole row has the total', ['2026-10-01 15', '2026-11-01 15'], 'AT_TARGET', 'AT_TARGET'],
  ['only the next period has it', ['2026-10-01 10', '2026-11-01 15'], 'UNSEEN', 'AT_TARGET'],
  ['nothing has it', ['2026-10-01 10', '2026-11-01 10'], 'UNCHANGED', 'UNCHANGED'],
  [
    'a row of the day stands alone',
    ['2026-10-01 10', '2026-10-17 15', '2026-11-01 10'],
    'OTHER',
    'OTHER',
  ],
  [
    'the row of the day has another number',
    ['2026-10-01 10', '2026-10-17 7', '2026-11-01 15'],
    'OTHER',
    'OTHER',
  ],
  ['the last period shows it', ['2026-10-01 10', '2026-10-17 15'], 'AT_TARGET', 'AT_TARGET'],
  ['the last period does not show it', ['2026-10-01 10'], 'UNSEEN', 'UNSEEN'],
  [
    'an earlier change makes 15 of 12 and 3',
    ['2026-10-01 15', '2026-10-09 -5'],
    'UNSEEN',
    'UNSEEN',
  ],
])('a change inside a period, where %s', (_, rows, verdict, accepted) => {
  expect(judge('2026-10-17', up, rows)).toBe(verdict)
  expect(judge('2026-10-17', up, rows, true)).toBe(accepted)
})

test('a line without rows carries nothing: unchanged when nothing was to be there before', () => {
  expect(judge('2026-10-17', [0, 5], [])).toBe('UNCHANGED')
  expect(judge('2026-10-17', [2, 5], [])).toBe('OTHER')
})

test('a posted period that an accepted change inside it left alone was invoiced without it', () => {
  const rows = ['2026-10-01 10 posted', '2026-11-01 15']
  expect(judge('2026-10-17', up, rows, true)).toBe('AT_TARGET')
  expect(verdictOf('2026-10-17', up, rows, true)).toMatchObject({ missedPostedPeriod: true })
  const open = ['2026-10-01 10', '2026-11-01 15']
  expect(verdictOf('2026-10-17', up, open, true)).toMatchObject({ missedPostedPeriod: false })
})
