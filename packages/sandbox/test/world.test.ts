import { describe, expect, it } from 'vitest'
import { createPrng } from '../src/prng.ts'
import { buildWorld, type World } from '../src/world/world.ts'
import { stateOf } from '../src/state.ts'
import { addMonths } from '../src/calendar.ts'
import { shareOf, toCents } from '../src/world/money.ts'
import { generateCustomers } from '../src/world/generation/customers.ts'
import { accountName } from '../src/world/generation/generate-autotask.ts'

function practice(options: Partial<Parameters<typeof buildWorld>[0]> = {}): World {
  return buildWorld({
    seed: 1,
    day: '2026-03-10',
    virtualServers: 60,
    devices: 2_500,
    empty: false,
    ...options,
  })
}

describe('the practice world', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(stateOf(practice())).toEqual(stateOf(practice()))
    expect(stateOf(practice({ seed: 2 })).accounts).not.toEqual(stateOf(practice()).accounts)
  })

  it('has about 70 accounts, a catalogue of about 25 services and the provider as company 0', () => {
    const { accounts, services } = stateOf(practice())
    expect(accounts.length).toBeGreaterThan(65)
    expect(accounts.length).toBeLessThan(76)
    expect(accounts[0]?.id).toBe(0)
    expect(services.length).toBeGreaterThan(22)
    for (const service of services) {
      expect(Math.round(service.unitPrice * 100) / 100).toBe(service.unitPrice)
    }
  })

  it('has the contracts that make mapping real work', () => {
    const { accounts, contracts } = stateOf(practice())
    const day = '2026-03-10'
    const by = new Map(accounts.map(({ id }) => [id, contracts.filter((c) => c.companyID === id)]))
    const counts = [...by.values()].map((own) => own.filter((c) => c.contractType === 7).length)
    expect(counts.filter((count) => count === 1).length).toBeGreaterThan(45)
    expect(counts).toContain(0)
    expect(counts).toContain(2)
    expect(new Set(contracts.map((c) => c.contractType))).toEqual(new Set([7, 1, 4]))
    expect(new Set(contracts.map((c) => c.contractPeriodType))).toEqual(new Set([2, 3, 4, 5, null]))
    expect(contracts.some((c) => c.endDate < day)).toBe(true)
    expect(contracts.some((c) => c.startDate > day)).toBe(true)
    expect(contracts.some((c) => c.status === 0)).toBe(true)
    expect(accounts.some((account) => !account.isActive)).toBe(true)
    const startDays = new Set(contracts.map((c) => Number(c.startDate.slice(8))))
    expect([1, 15, 29].every((start) => startDays.has(start))).toBe(true)
    expect([30, 31].some((start) => startDays.has(start))).toBe(true)
  })

  it('carries unrelated lines with units, few Kaspersky lines, and posted periods on some contracts', () => {
    const { lines, services, unitPeriods, billingItems, contracts } = stateOf(practice())
    const kaspersky = new Set(
      services.filter((service) => service.sku?.startsWith('K')).map((service) => service.id),
    )
    const own = lines.filter((line) => kaspersky.has(line.serviceID))
    expect(own.length).toBeLessThan(lines.length / 4)
    expect(own.some((line) => (line.unitPeriods[0]?.units ?? 0) > 0)).toBe(true)
    expect(own.some((line) => line.unitPeriods[0]?.units === 0)).toBe(true)
    const posted = new Set(unitPeriods.filter((row) => row.posted).map((row) => row.contractID))
    expect(posted.size).toBeGreaterThan(15)
    expect(posted.size).toBeLessThan(contracts.length - 15)
    expect(billingItems.length).toBeGreaterThan(100)
    for (const row of unitPeriods) expect(row.endDate >= row.startDate).toBe(true)
  })

  it('knows which account and which virtual server belong to one customer, and leaves some without', () => {
    const { customers, accounts, virtualServers } = stateOf(practice())
    const both = customers.filter((one) => one.accountID !== null && one.virtualServerId !== null)
    expect(both.length).toBeGreaterThan(50)
    expect(customers.some((one) => one.accountID === null)).toBe(true)
    expect(customers.some((one) => one.virtualServerId === null)).toBe(true)
    expect(accounts.length - 1).toBe(customers.filter((one) => one.accountID !== null).length)
    expect(virtualServers).toHaveLength(60)
  })

  it('spells accounts like their customers without always being equal', () => {
    const prng = createPrng(4)
    const customers = generateCustomers(prng, 300)
    expect(new Set(customers.map((customer) => customer.name)).size).toBe(300)
    const equal = customers.filter((one) => accountName(prng, one) === one.name)
    expect(equal.length).toBeGreaterThan(60)
    expect(equal.length).toBeLessThan(200)
  })

  it('has nobody in it where it is empty', () => {
    const state = stateOf(practice({ empty: true }))
    expect([state.accounts, state.contracts, state.services, state.virtualServers]).toEqual([
      [],
      [],
      [],
      [],
    ])
  })
})

describe('days and money', () => {
  it('months are counted from their anchor', () => {
    expect([1, 2, 12, 13, -1, 25].map((count) => addMonths('2024-01-31', count))).toEqual([
      '2024-02-29',
      '2024-03-31',
      '2025-01-31',
      '2025-02-28',
      '2023-12-31',
      '2026-02-28',
    ])
  })

  it('shares are exact and rounded half away from zero', () => {
    expect(shareOf(150_000, 15, 31)).toBe(72_581)
    expect(shareOf(1, 1, 2)).toBe(1)
    expect(shareOf(-1, 1, 2)).toBe(-1)
    expect([toCents(50), toCents(-50), toCents(149)]).toEqual([0.01, -0.01, 0.01])
  })
})
