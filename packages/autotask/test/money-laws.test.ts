import {
  addMoney,
  NO_BRAKES,
  reconcile,
  toDay,
  toDecimal,
  type DecimalText,
  type LedgerState,
  type LineRecord,
  type PlannedAdjustment,
  type ReconcileInput,
} from '@trueup/core'
import {
  anAccountMapping,
  aReading,
  aServiceMapping,
  freshRecord,
  someSettings,
  someUsage,
  usageOf,
} from '@trueup/core/testing'
import type { Sandbox } from '@trueup/sandbox'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { linkRenewals, toContractService, toService, toUnitPeriod } from '../src/convert.ts'
import { startPractice, type Practice } from './practice.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** How many cases each law is tried on. */
    readonly cases: number
  }
}

/** A contract with one line, what happened to it, and what is counted on a day. */
interface Case {
  readonly startDay: string
  readonly lengthDays: number
  /** Autotask's number of the billing period: 2 a month, 3 a quarter, 4 half a year, 5 a year. */
  readonly periodType: 2 | 3 | 4 | 5
  readonly isServiceMonthly: boolean
  readonly unitPrice: number
  /** `null`: the first adjustment makes the line. */
  readonly units: number | null
  /** Changes so many days after the start, each to so many units. */
  readonly edits: readonly { readonly afterDays: number; readonly units: number }[]
  readonly postedDays: number | null
  readonly day: number
  readonly counted: number
  readonly policy: 'PERIOD_START' | 'NEXT_PERIOD' | 'TODAY' | 'ASYMMETRIC'
}

const someDays = fc.nat({ max: 420 })
const someUnits = fc.nat({ max: 200 })
const someCase: fc.Arbitrary<Case> = fc.record({
  startDay: fc
    .tuple(
      fc.integer({ min: 2024, max: 2028 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 31 }),
    )
    .map(([year, month, day]) =>
      new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10),
    ),
  lengthDays: fc.integer({ min: 20, max: 900 }),
  periodType: fc.constantFrom(2, 3, 4, 5),
  isServiceMonthly: fc.boolean(),
  unitPrice: fc.integer({ min: 0, max: 999_999 }).map((price) => price / 10_000),
  units: fc.option(someUnits, { freq: 4 }),
  edits: fc.array(fc.record({ afterDays: someDays, units: someUnits }), { maxLength: 2 }),
  postedDays: fc.option(someDays),
  day: someDays,
  counted: someUnits,
  policy: fc.constantFrom('PERIOD_START', 'NEXT_PERIOD', 'TODAY', 'ASYMMETRIC'),
})

let practice: Practice
beforeAll(async () => {
  practice = await startPractice()
})
afterAll(() => practice.close())

test('the money of a plan is the difference of the period prices that the practice world works out for itself', () => {
  let changed = 0
  const holds = (one: Case): void => {
    const line = buildLine(practice.sandbox, one)
    const { adjustments } = reconcile(toInput(line, one))
    if (adjustments.length > 0) changed += 1
    const before = pricesOf(line)
    const inOrder = adjustments.toSorted((a, b) => a.ordinal - b.ordinal)
    for (const adjustment of inOrder) apply(line, adjustment)
    const after = pricesOf(line)
    for (const period of periodsOf(line)) {
      const wanted = promised(adjustments, period)
      if (wanted === null) continue
      const difference = subtract(after.get(period.start), before.get(period.start))
      expect([period.start, difference]).toEqual([period.start, wanted])
    }
  }
  fc.assert(fc.property(someCase, holds), { numRuns: inject('cases') })
  expect(changed).toBeGreaterThan(inject('cases') / 3)
})

/** One line in the practice world, as its own screens know it. */
interface Line {
  readonly sandbox: Sandbox
  readonly contractID: number
  readonly serviceID: number
  /** `null` until the first adjustment makes it. */
  id: number | null
}

function buildLine(sandbox: Sandbox, one: Case): Line {
  const { hand } = sandbox
  const { startDay: startDate, periodType: contractPeriodType, unitPrice, units } = one
  const endDate = plus(startDate, one.lengthDays)
  const account = hand.addAccount({ companyName: 'Northwind' })
  const period = { startDate, endDate, contractPeriodType }
  const contract = hand.addContract({ companyID: account.id, ...period })
  const periodType = one.isServiceMonthly ? 2 : contractPeriodType
  const service = hand.addService({ name: 'Endpoint security', unitPrice, periodType })
  const line: Line = { sandbox, contractID: contract.id, serviceID: service.id, id: null }
  if (units === null) return line
  line.id = hand.addLine({ contractID: contract.id, serviceID: service.id, units }).id
  // What lies ahead of the day begins with a period; inside a later period nobody can read it for certain.
  const today = dayOf(one)
  const starts = rowsOf(line).map(({ periodStart }) => periodStart)
  const edits = new Map(
    one.edits.map(({ afterDays, units: edited }): [string, number] => {
      const day = plus(startDate, afterDays % (one.lengthDays + 1))
      return [day > today ? (starts.findLast((start) => start <= day) ?? day) : day, edited]
    }),
  )
  for (const [from, edited] of [...edits].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hand.editUnits({ contractServiceID: line.id, units: edited, from })
  }
  if (one.postedDays !== null) {
    hand.post({ through: plus(startDate, one.postedDays), contractIDs: [contract.id] })
  }
  return line
}

/** The day that is planned for. */
function dayOf({ startDay, day, lengthDays }: Case): string {
  return plus(startDay, day % (lengthDays + 1))
}

/** The plan's input, with the rows as Autotask shows them. */
function toInput(line: Line, one: Case): ReconcileInput {
  const { sandbox, contractID, serviceID, id } = line
  const { contracts, services } = sandbox.world.autotask
  const row = contracts.get(contractID)
  const service = services.items.get(serviceID)
  if (row === undefined || service === undefined) throw new Error('the world lost a row')
  const [contract] = linkRenewals([
    { ...row, startDate: toDay(row.startDate), endDate: toDay(row.endDate) },
  ])
  if (contract === undefined) throw new Error('a row makes a contract')
  const ownLine = id === null ? undefined : services.lines.get(id)
  const ledger: LedgerState = {
    contracts: [contract],
    services: [toService(service)],
    lines: ownLine === undefined ? [] : [toContractService({ ...ownLine, serviceID })],
    unitPeriods: rowsOf(line).map((unit) =>
      toUnitPeriod(
        {
          ...unit,
          contractServiceID: unit.lineID,
          startDate: toDay(unit.startDate),
          endDate: toDay(unit.endDate),
          units: unit.total,
          approveAndPostDate:
            unit.approveAndPostDate === null ? null : toDay(unit.approveAndPostDate.slice(0, 10)),
        },
        contract,
      ),
    ),
  }
  const [first] = ledger.services
  if (first === undefined) throw new Error('a row makes a service')
  const day = toDay(dayOf(one))
  const record: LineRecord = {
    ...freshRecord(contract.id, first.id),
    ownership: 'OWNED',
    line: ledger.lines[0]?.id ?? null,
  }
  return {
    day,
    settings: someSettings({ effectiveDatePolicy: one.policy, brakes: NO_BRAKES }),
    accountMappings: [anAccountMapping({ account: contract.account, contract: contract.id })],
    serviceMappings: [aServiceMapping({ service: first.id })],
    usage: [usageOf([aReading(day, [someUsage(one.counted)])])],
    ledger,
    lineRecords: [record],
  }
}

/** Posts an adjustment the way a person at the screen would. */
function apply(line: Line, { effectiveDay, before, after }: PlannedAdjustment): void {
  const { hand } = line.sandbox
  line.id ??= hand.addLine({ contractID: line.contractID, serviceID: line.serviceID }).id
  const change = { contractServiceID: line.id, units: after, from: effectiveDay }
  expect(hand.editUnits(change)).toBe(after - before)
}

function rowsOf({ sandbox, id }: Line) {
  return id === null ? [] : sandbox.world.autotask.services.units.by('lineID', id)
}

/** What each billing period costs, in ten-thousandths, by its start. */
function pricesOf(line: Line): Map<string, number> {
  const prices = new Map<string, number>()
  for (const { periodStart, price } of rowsOf(line)) {
    prices.set(periodStart, (prices.get(periodStart) ?? 0) + price)
  }
  return prices
}

interface Period {
  readonly start: string
  readonly isCut: boolean
}

/** The line's billing periods; the last one may be cut by the contract's end. */
function periodsOf(line: Line): Period[] {
  const starts = [...new Set(rowsOf(line).map(({ periodStart }) => periodStart))].sort()
  return starts.map((start, index) => ({ start, isCut: index === starts.length - 1 }))
}

/** What the plan says a period will cost more; `null` for a later cut period, of which it says nothing. */
function promised(adjustments: readonly PlannedAdjustment[], period: Period): DecimalText | null {
  let sum = toDecimal('0.0000')
  for (const { money } of adjustments) {
    if (period.start < money.periodStart) continue
    const isFirst = period.start === money.periodStart
    if (!isFirst && period.isCut) return null
    const part = isFirst ? money.firstPeriod : money.perPeriod
    if (part === null) throw new Error('the practice world tells every price')
    sum = addMoney(sum, part)
  }
  return sum
}

function subtract(after = 0, before = 0): DecimalText {
  return addMoney(toDecimal(((after - before) / 10_000).toFixed(4)), toDecimal('0'))
}

function plus(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}
