import { toDay } from '@trueup/core'
import { describe, expect, test } from 'vitest'
import { openPractice, TODAY } from './practice.ts'

const fromDay = toDay(TODAY)

/** Accounts with one contract each, all alike, and the catalogue known, as it is after reading the directory. */
async function startUniform(accounts: number, lines: number) {
  const practice = await openPractice({ uniform: { accounts, lines, periods: 6, units: 5 } })
  const directory = await practice.autotask.readDirectory({})
  practice.takeCalls()
  return { ...practice, contracts: directory.contracts.map(({ id }) => id) }
}

describe('a reading costs', () => {
  test('three calls for 100 lines on 100 contracts, whatever periods their contracts have behind them', async () => {
    const { autotask, contracts, takeCalls } = await startUniform(100, 1)
    const state = await autotask.readLedger({ contracts, fromDay }, {})
    expect([state.lines.length, state.unitPeriods.length]).toEqual([100, 200])
    expect(takeCalls()).toEqual({
      'Contracts.query': 1,
      'ContractServices.query': 1,
      'ContractServiceUnits.query': 1,
    })
  })

  test('one call after 100 writes to known lines', async () => {
    const { autotask, contracts, takeCalls } = await startUniform(100, 1)
    const { lines } = await autotask.readLedger({ contracts, fromDay }, {})
    takeCalls()
    const effectiveDay = toDay('2026-12-01')
    const written = lines.map(({ id, contract, service }) => {
      return { contract, service, line: id, effectiveDay }
    })
    const read = await autotask.readWritten({ written, fromDay: effectiveDay }, {})
    expect(read.unitPeriods).toHaveLength(200)
    expect(takeCalls()).toEqual({ 'ContractServiceUnits.query': 1 })
  })

  /*
   * The bound: a list of ids and a page end at 500. `ceil(rows / 500)` for each entity is what no reading goes
   * below; a closing page where a page is exactly full is the price of not believing a short answer. Lists of 499
   * contracts (lines) and 497 (units) end on pages that are not full, which costs less than closing pages would.
   */
  test.each([
    { accounts: 1_000, lines: 1, contractCalls: 2, lineCalls: 3, unitCalls: 5, minimum: 8 },
    { accounts: 600, lines: 5, contractCalls: 2, lineCalls: 7, unitCalls: 13, minimum: 20 },
  ])(
    'for $accounts contracts of $lines lines hardly more than pages full of rows',
    async ({ accounts, lines, contractCalls, lineCalls, unitCalls, minimum }) => {
      const { autotask, contracts, takeCalls, sandbox } = await startUniform(accounts, lines)
      const state = await autotask.readLedger({ contracts, fromDay }, {})
      expect(state.unitPeriods).toHaveLength(accounts * lines * 2)
      const { rejected, maxConcurrent } = sandbox.calls()
      expect(takeCalls()).toEqual({
        'Contracts.query': contractCalls,
        'ContractServices.query': lineCalls,
        'ContractServiceUnits.query': unitCalls,
      })
      const closingPages = 2 * Math.ceil(accounts / 500)
      expect(contractCalls + lineCalls + unitCalls).toBeLessThanOrEqual(minimum + closingPages)
      expect([rejected, maxConcurrent <= 2]).toEqual([0, true])
    },
  )

  test('no more than pages full of rows for contracts of different sizes, once they have been read', async () => {
    const practice = await openPractice({ empty: true })
    const { hand } = practice.sandbox
    const account = hand.addAccount({ companyName: 'Customer' })
    const services = ['One', 'Two'].map((name) => hand.addService({ name }).id)
    for (let index = 0; index < 1_199; index += 1) {
      const contract = hand.addContract({
        companyID: account.id,
        startDate: '2026-10-01',
        endDate: '2027-01-31',
      })
      for (const serviceID of index % 2 === 0 ? services : services.slice(1))
        hand.addLine({ contractID: contract.id, serviceID, units: 3 })
    }
    const { contracts } = await practice.autotask.readDirectory({})
    const request = { contracts: contracts.map(({ id }) => id), fromDay }
    await practice.autotask.readLedger(request, {})
    practice.takeCalls()
    const { lines, unitPeriods } = await practice.autotask.readLedger(request, {})
    expect([lines.length, unitPeriods.length]).toEqual([1_799, 3_598])
    expect(practice.takeCalls()).toEqual({
      'Contracts.query': Math.ceil(1_199 / 500),
      'ContractServices.query': Math.ceil(1_799 / 500),
      'ContractServiceUnits.query': Math.ceil(3_598 / 500),
    })
  })
})
