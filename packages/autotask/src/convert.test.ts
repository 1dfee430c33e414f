import { toDay } from '@trueup/core'
import { describe, expect, test } from 'vitest'
import {
  effectiveUnitPrice,
  linkRenewals,
  toContract,
  toNumber,
  toPeriodMonths,
  toUnitPeriod,
} from './convert.ts'
import {
  contractRow,
  contractServiceRow,
  contractServiceUnitRow,
  type ContractRow,
  type ContractServiceUnitRow,
} from './wire.ts'

const contract = (changed: Record<string, unknown> = {}): ContractRow =>
  contractRow.parse({
    id: 7,
    companyID: 0,
    contractName: 'Managed services',
    contractType: 7,
    status: 1,
    startDate: '2026-01-15T00:00:00Z',
    endDate: '2026-12-31T00:00:00',
    contractPeriodType: 3,
    renewedContractID: null,
    ...changed,
  })

const units = (changed: Record<string, unknown> = {}): ContractServiceUnitRow =>
  contractServiceUnitRow.parse({
    id: 1,
    contractID: 7,
    contractServiceID: 9,
    startDate: '2026-04-15T00:00:00Z',
    endDate: '2026-07-14T00:00:00Z',
    units: 12,
    price: 386.645,
    approveAndPostDate: null,
    ...changed,
  })

const price = (list: number | null, internal: number | null, adjusted: number | null) =>
  effectiveUnitPrice(
    contractServiceRow.parse({
      id: 1,
      contractID: 7,
      serviceID: 3,
      unitPrice: list,
      internalCurrencyUnitPrice: internal,
      internalCurrencyAdjustedPrice: adjusted,
    }),
  )

describe('a contract', () => {
  test('keeps its days whatever spelling they come in, and company id 0 is an account', () => {
    const { account, startDay, endDay, periodMonths } = toContract(
      contract({ endDate: '2026-12-31T23:00:00.123Z' }),
    )
    expect([account, startDay, endDay, periodMonths]).toEqual(['0', '2026-01-15', '2026-12-31', 3])
  })

  test('of another type carries no services and no period', () => {
    const { isRecurringService, periodMonths } = toContract(contract({ contractType: 1 }))
    expect([isRecurringService, periodMonths]).toEqual([false, null])
  })

  test('that is inactive is said to be so and nothing else', () => {
    expect(toContract(contract({ status: 0 }))).toEqual({
      ...toContract(contract()),
      isActive: false,
    })
  })

  test('whose end is year 1 counts as ended, so that nothing is billed on a guess', () => {
    const { startDay, endDay } = toContract(contract({ endDate: '0001-01-01T00:00:00' }))
    expect(endDay).toBe(startDay)
  })

  test.each([
    ['the old contract names the new one', 8, null],
    ['the new contract names the old one', null, 7],
  ])('renewed under a new id is found when %s', (_, onOld, onNew) => {
    const [old, renewal] = linkRenewals([
      contract({ renewedContractID: onOld }),
      contract({ id: 8, renewedContractID: onNew }),
    ])
    expect([old?.renewedAs, renewal?.renewedAs]).toEqual(['8', null])
  })

  test('that names itself, or contract 0, was not renewed', () => {
    const linked = linkRenewals([
      contract({ renewedContractID: 7 }),
      contract({ id: 8, renewedContractID: 0 }),
    ])
    expect(linked.map((one) => one.renewedAs)).toEqual([null, null])
  })
})

describe('a period type', () => {
  test('is one of four lengths; others are unknown', () => {
    expect([1, 2, 3, 4, 5, 6, null].map(toPeriodMonths)).toEqual([null, 1, 3, 6, 12, null, null])
  })
})

describe('a unit price', () => {
  test('is the adjusted one in a database with one currency', () => {
    expect(price(4.2, 4.2, 3.75)).toBe('3.7500')
  })

  test('is brought into the customer currency by the two list prices', () => {
    expect(price(10, 12.5, 10)).toBe('8.0000')
    expect(price(3, 7, 1)).toBe('0.4286')
  })

  test('stays the adjusted one when the list price is zero in both currencies', () => {
    expect(price(0, 0, 2.5)).toBe('2.5000')
  })

  test('is unknown when no rate can be told, and the list price without an adjustment', () => {
    expect(price(0, 4, 2)).toBeNull()
    expect(price(null, null, 2)).toBeNull()
    expect(price(23.1, 23.1, null)).toBe('23.1000')
  })
})

describe('a row of units', () => {
  test('becomes a period with the money as text of four decimals', () => {
    expect(toUnitPeriod(units(), null)).toEqual({
      line: '9',
      startDay: '2026-04-15',
      endDay: '2026-07-14',
      units: 12,
      price: '386.6450',
      postedDay: null,
    })
  })

  test.each([[null], ['0001-01-01T00:00:00']])(
    'with the end %s ends with its billing period, and never behind its contract',
    (endDate) => {
      const owner = toContract(contract())
      expect(toUnitPeriod(units({ endDate }), owner).endDay).toBe('2026-07-14')
      const last = units({ startDate: '2026-10-15T00:00:00Z', endDate })
      expect(toUnitPeriod(last, owner).endDay).toBe('2026-12-31')
    },
  )

  test('is open when its posting date is year 1, and posted otherwise', () => {
    const posted = (approveAndPostDate: string) =>
      toUnitPeriod(units({ approveAndPostDate }), null).postedDay
    expect(posted('0001-01-01T00:00:00Z')).toBeNull()
    expect(posted('2026-05-02T08:52:54.023Z')).toBe('2026-05-02')
  })

  test('keeps units below zero: a change inside a period may be a difference', () => {
    expect(toUnitPeriod(units({ units: -3 }), null).units).toBe(-3)
  })
})

describe('an id', () => {
  test('that Autotask never gave is a bug', () => {
    expect(toNumber(toContract(contract()).id)).toBe(7)
    expect(() => toNumber('7; drop' as never)).toThrow('not an id')
    expect(() => toNumber('-7' as never)).toThrow('not an id')
  })
})

describe('a date', () => {
  test('that does not exist is refused at the door', () => {
    const parsed = contractRow.safeParse({ ...contract(), startDate: '2026-02-30T00:00:00Z' })
    expect(parsed.success).toBe(false)
    expect(toDay('2026-02-28')).toBe('2026-02-28')
  })
})
