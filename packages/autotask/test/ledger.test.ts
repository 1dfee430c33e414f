import { toDay } from '@trueup/core'
import { describe, expect, test } from 'vitest'
import { toContractId, toLineId, toServiceId } from '../src/convert.ts'
import { openPractice, TODAY } from './practice.ts'

const fromDay = toDay(TODAY)

/** One account with one contract and one line of 10 units since 1 January. */
async function startWithLine(contract: Record<string, unknown> = {}) {
  const started = await openPractice()
  const { hand } = started.sandbox
  const account = hand.addAccount({ companyName: 'Müller & Söhne' })
  const service = hand.addService({ name: 'Endpoint security', unitPrice: 3 })
  const { id } = hand.addContract({
    companyID: account.id,
    startDate: '2026-01-01',
    endDate: '2027-12-31',
    ...contract,
  })
  const line = hand.addLine({ contractID: id, serviceID: service.id, units: 10 })
  return { ...started, hand, account, service, contract: id, line: line.id }
}

describe('the directory', () => {
  test('has the active accounts with id 0, every kind of contract, and the catalogue', async () => {
    const { autotask, sandbox } = await openPractice()
    const { hand } = sandbox
    hand.addAccount({ id: 0, companyName: 'Own company' })
    const customer = hand.addAccount({ companyName: 'Customer' })
    hand.addAccount({ companyName: 'Gone', isActive: false })
    const own = hand.addContract({ companyID: 0 })
    const hourly = hand.addContract({ companyID: customer.id, contractType: 4, status: 0 })
    const service = hand.addService({
      name: 'Service',
      unitPrice: 2.5,
      periodType: 3,
      isActive: false,
    })
    const { accounts, contracts, services } = await autotask.readDirectory({})
    expect(accounts).toEqual([
      { id: '0', name: 'Own company', isActive: true },
      { id: String(customer.id), name: 'Customer', isActive: true },
    ])
    expect(contracts).toMatchObject([
      {
        id: String(own.id),
        account: '0',
        isRecurringService: true,
        periodMonths: 1,
        isActive: true,
      },
      { id: String(hourly.id), isRecurringService: false, periodMonths: null, isActive: false },
    ])
    expect(services).toEqual([
      {
        id: String(service.id),
        name: 'Service',
        isActive: false,
        periodMonths: 3,
        unitPrice: '2.5000',
      },
    ])
  })

  test('keeps an inactive account whose recurring contract goes on billing', async () => {
    const { autotask, sandbox } = await openPractice()
    const gone = sandbox.hand.addAccount({ companyName: 'Gone', isActive: false })
    const silent = sandbox.hand.addAccount({ companyName: 'Silent', isActive: false })
    sandbox.hand.addAccount({ companyName: 'Here' })
    sandbox.hand.addService({ name: 'Service' })
    const contract = sandbox.hand.addContract({ companyID: gone.id })
    sandbox.hand.addContract({ companyID: silent.id, contractType: 1 })
    const { accounts, contracts } = await autotask.readDirectory({})
    expect(accounts.map(({ name, isActive }) => [name, isActive])).toEqual([
      ['Here', true],
      ['Gone', false],
    ])
    expect(contracts.map(({ id }) => id)).toEqual([String(contract.id)])
  })

  test('of the practice world is the one of the practice world', async () => {
    const { autotask, sandbox } = await openPractice({})
    const { accounts, contracts, services } = await autotask.readDirectory({})
    const state = sandbox.state()
    const active = state.accounts.filter((account) => account.isActive)
    expect(accounts.filter(({ isActive }) => isActive)).toHaveLength(active.length)
    expect(contracts.length).toBeGreaterThan(0)
    expect(services).toHaveLength(state.services.length)
  })
})

describe('the ledger', () => {
  test('has the current and the next period of a line, with price and posting', async () => {
    const { autotask, sandbox, contract, line } = await startWithLine()
    sandbox.post('2026-11-30')
    const state = await autotask.readLedger({ contracts: [toContractId(contract)], fromDay }, {})
    expect(state.lines).toMatchObject([
      { id: String(line), contract: String(contract), unitPrice: '3.0000' },
    ])
    expect(state.unitPeriods).toEqual([
      {
        line: String(line),
        startDay: '2026-11-01',
        endDay: '2026-11-30',
        units: 10,
        price: '30.0000',
        postedDay: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
      },
      {
        line: String(line),
        startDay: '2026-12-01',
        endDay: '2026-12-31',
        units: 10,
        price: '30.0000',
        postedDay: null,
      },
    ])
  })

  test('reads on the last day of a period that period, and not the one before on its first', async () => {
    const { autotask, contract } = await startWithLine()
    const startsOn = async (day: string) => {
      const request = { contracts: [toContractId(contract)], fromDay: toDay(day) }
      const { unitPeriods } = await autotask.readLedger(request, {})
      return unitPeriods.map(({ startDay }) => startDay)
    }
    expect(await startsOn('2026-11-30')).toEqual(['2026-11-01', '2026-12-01'])
    expect(await startsOn('2026-12-01')).toEqual(['2026-12-01', '2027-01-01'])
  })

  test.each([
    [2, '2026-01-31', ['2026-10-31', '2026-11-30']],
    [3, '2026-01-15', ['2026-10-15', '2027-01-15']],
    [4, '2026-01-15', ['2026-07-15', '2027-01-15']],
    [5, '2026-02-01', ['2026-02-01', '2027-02-01']],
  ])(
    'with period type %i from %s on has exactly two periods',
    async (periodType, startDate, days) => {
      const { autotask, contract } = await startWithLine({
        contractPeriodType: periodType,
        startDate,
        endDate: '2029-12-31',
      })
      const request = { contracts: [toContractId(contract)], fromDay }
      const { unitPeriods } = await autotask.readLedger(request, {})
      expect(unitPeriods.map(({ startDay }) => startDay)).toEqual(days)
    },
  )

  test('of contracts with every period length has two periods of each, with one question', async () => {
    const { autotask, hand, account, service, takeCalls } = await startWithLine()
    const contracts = [2, 3, 4, 5].map((contractPeriodType) => {
      const { id } = hand.addContract({
        companyID: account.id,
        contractPeriodType,
        startDate: '2026-01-01',
        endDate: '2029-12-31',
      })
      hand.addLine({ contractID: id, serviceID: service.id, units: 5 })
      return toContractId(id)
    })
    const future = hand.addContract({
      companyID: account.id,
      startDate: '2027-06-01',
      endDate: '2028-05-31',
    })
    hand.addLine({ contractID: future.id, serviceID: service.id, units: 1 })
    await autotask.readDirectory({})
    takeCalls()
    const asked = [...contracts, toContractId(future.id)]
    const state = await autotask.readLedger({ contracts: asked, fromDay }, {})
    const starts = state.lines.map(({ id }) =>
      state.unitPeriods.filter(({ line }) => line === id).map(({ startDay }) => startDay),
    )
    expect(starts).toEqual([
      ['2026-11-01', '2026-12-01'],
      ['2026-10-01', '2027-01-01'],
      ['2026-07-01', '2027-01-01'],
      ['2026-01-01', '2027-01-01'],
      ['2027-06-01', '2027-07-01'],
    ])
    expect(takeCalls()).toEqual({
      'Contracts.query': 1,
      'ContractServices.query': 1,
      'ContractServiceUnits.query': 1,
    })
  })

  test('of a line that is posted ahead has all periods up to its first open one', async () => {
    const { autotask, sandbox, contract, takeCalls } = await startWithLine()
    sandbox.post('2027-03-31')
    await autotask.readDirectory({})
    takeCalls()
    const request = { contracts: [toContractId(contract)], fromDay }
    const { unitPeriods } = await autotask.readLedger(request, {})
    const open = unitPeriods.findIndex(({ postedDay }) => postedDay === null)
    expect(unitPeriods.slice(0, open + 1).map(({ startDay }) => startDay)).toEqual([
      '2026-11-01',
      '2026-12-01',
      '2027-01-01',
      '2027-02-01',
      '2027-03-01',
      '2027-04-01',
    ])
    expect(takeCalls()['ContractServiceUnits.query']).toBe(2)
  })

  test('of a line changed in a posted period has its first open period too', async () => {
    const { autotask, sandbox, hand, contract, line } = await startWithLine()
    sandbox.post('2026-12-31')
    hand.editUnits({ contractServiceID: line, units: 30, from: '2026-12-01' })
    const request = { contracts: [toContractId(contract)], fromDay }
    const { unitPeriods } = await autotask.readLedger(request, {})
    const open = unitPeriods.filter(({ startDay }) => startDay > '2026-12-01')
    expect(open[0]).toMatchObject({ startDay: '2027-01-01', units: 30 })
  })

  test('of a contract that is posted to its end asks no further', async () => {
    const { autotask, sandbox, contract, takeCalls } = await startWithLine({
      endDate: '2026-12-31',
    })
    sandbox.post('2026-12-31')
    await autotask.readDirectory({})
    takeCalls()
    await autotask.readLedger({ contracts: [toContractId(contract)], fromDay }, {})
    expect(takeCalls()['ContractServiceUnits.query']).toBe(1)
  })

  test('tells a successor of an ended contract', async () => {
    const { autotask, hand, contract } = await startWithLine({ endDate: '2026-10-31' })
    const renewal = hand.renewContract({ contractID: contract })
    const request = { contracts: [toContractId(contract)], fromDay }
    const { contracts } = await autotask.readLedger(request, {})
    expect(contracts).toMatchObject([{ id: String(contract), renewedAs: String(renewal.id) }])
    const directory = await autotask.readDirectory({})
    expect(directory.contracts).toMatchObject([
      { id: String(contract), renewedAs: String(renewal.id) },
      { id: String(renewal.id), renewedAs: null },
    ])
  })

  test('has no lines of contracts of other types, and leaves out contracts that are not there', async () => {
    const { autotask, hand, account, contract } = await startWithLine()
    const hourly = hand.addContract({ companyID: account.id, contractType: 4 })
    const asked = [
      toContractId(contract),
      toContractId(hourly.id),
      toContractId(999),
      toContractId(contract),
    ]
    const state = await autotask.readLedger({ contracts: asked, fromDay }, {})
    expect(state.contracts.map(({ id }) => id)).toEqual([String(contract), String(hourly.id)])
    expect(state.lines).toHaveLength(1)
  })

  test('of no contracts asks nothing but the catalogue', async () => {
    const { autotask, takeCalls } = await startWithLine()
    takeCalls()
    const state = await autotask.readLedger({ contracts: [], fromDay }, {})
    expect(state).toMatchObject({ contracts: [], lines: [], unitPeriods: [] })
    expect(takeCalls()).toEqual({ 'Services.query': 1 })
  })

  test('reads the catalogue again after an hour, and not before', async () => {
    const { autotask, clock, contract, takeCalls, hand } = await startWithLine()
    const request = { contracts: [toContractId(contract)], fromDay }
    await autotask.readLedger(request, {})
    hand.addService({ name: 'New' })
    await clock.sleep(59 * 60_000)
    takeCalls()
    expect((await autotask.readLedger(request, {})).services).toHaveLength(1)
    expect(takeCalls()).not.toHaveProperty('Services.query')
    await clock.sleep(2 * 60_000)
    expect((await autotask.readLedger(request, {})).services).toHaveLength(2)
  })
})

describe('what was written', () => {
  test('is read back with one call, by the lines that are known', async () => {
    const { autotask, contract, service, line, takeCalls } = await startWithLine()
    await autotask.readLedger({ contracts: [toContractId(contract)], fromDay }, {})
    const effectiveDay = toDay('2026-12-01')
    const about = {
      contract: toContractId(contract),
      service: toServiceId(service.id),
      line: toLineId(line),
    }
    await autotask.applyAdjustment({ ...about, effectiveDay, unitChange: 3 }, {})
    takeCalls()
    const request = { written: [{ ...about, effectiveDay }], fromDay: effectiveDay }
    const { lines, unitPeriods } = await autotask.readWritten(request, {})
    expect(lines).toMatchObject([{ id: String(line), service: String(service.id) }])
    expect(unitPeriods.map(({ startDay, units }) => [startDay, units])).toEqual([
      ['2026-12-01', 13],
      ['2027-01-01', 13],
    ])
    expect(takeCalls()).toEqual({ 'ContractServiceUnits.query': 1 })
  })

  test('to a line that had to be made is found by contract and service, with one call more', async () => {
    const { autotask, hand, contract, line, takeCalls } = await startWithLine()
    const added = hand.addService({ name: 'Server security', unitPrice: 9 })
    await autotask.readLedger({ contracts: [toContractId(contract)], fromDay }, {})
    const effectiveDay = toDay('2026-12-01')
    const about = { contract: toContractId(contract), service: toServiceId(added.id), line: null }
    await autotask.applyAdjustment({ ...about, effectiveDay, unitChange: 4 }, {})
    takeCalls()
    const request = { written: [{ ...about, effectiveDay }], fromDay: effectiveDay }
    const { lines, unitPeriods } = await autotask.readWritten(request, {})
    expect(lines).toMatchObject([{ service: String(added.id), contract: String(contract) }])
    expect(lines[0]?.id).not.toBe(String(line))
    expect(unitPeriods.map(({ units }) => units)).toEqual([4, 4])
    expect(takeCalls()).toEqual({ 'ContractServices.query': 1, 'ContractServiceUnits.query': 1 })
  })

  test('is read to the end of the contract when the effective day is not told', async () => {
    const { autotask, contract, service, line } = await startWithLine()
    const about = {
      contract: toContractId(contract),
      service: toServiceId(service.id),
      line: toLineId(line),
    }
    const request = { written: [about], fromDay: toDay('2026-11-01') }
    const { unitPeriods } = await autotask.readWritten(request, {})
    expect(unitPeriods).toHaveLength(14)
  })

  test('with other period lengths beside it still shows the period of its own day', async () => {
    const { autotask, hand, account, contract, service, line } = await startWithLine()
    const yearly = hand.addContract({
      companyID: account.id,
      contractPeriodType: 5,
      startDate: '2026-01-01',
      endDate: '2029-12-31',
    })
    const yearlyLine = hand.addLine({ contractID: yearly.id, serviceID: service.id, units: 2 })
    const contracts = [toContractId(contract), toContractId(yearly.id)]
    await autotask.readLedger({ contracts, fromDay }, {})
    const written = [
      {
        contract: toContractId(contract),
        service: toServiceId(service.id),
        line: toLineId(line),
        effectiveDay: toDay('2026-12-01'),
      },
      {
        contract: toContractId(yearly.id),
        service: toServiceId(service.id),
        line: toLineId(yearlyLine.id),
        effectiveDay: toDay('2026-01-01'),
      },
    ]
    const request = { written, fromDay: toDay('2026-01-01') }
    const { unitPeriods } = await autotask.readWritten(request, {})
    expect(unitPeriods.map((period) => [period.line, period.startDay])).toEqual([
      [String(line), '2026-12-01'],
      [String(line), '2027-01-01'],
      [String(yearlyLine.id), '2026-01-01'],
      [String(yearlyLine.id), '2027-01-01'],
    ])
  })

  test('by somebody who remembers nothing finds its line by id', async () => {
    const { connect, contract, service, line, takeCalls } = await startWithLine()
    const newcomer = connect()
    takeCalls()
    const about = {
      contract: toContractId(contract),
      service: toServiceId(service.id),
      line: toLineId(line),
    }
    const effectiveDay = toDay('2026-12-01')
    const request = { written: [{ ...about, effectiveDay }], fromDay: effectiveDay }
    const { lines, unitPeriods } = await newcomer.readWritten(request, {})
    expect(lines).toHaveLength(1)
    expect(unitPeriods[0]).toMatchObject({ startDay: '2026-12-01', units: 10 })
    expect(takeCalls()).toEqual({ 'ContractServices.query': 1, 'ContractServiceUnits.query': 1 })
  })

  test('of nothing asks nothing', async () => {
    const { autotask, takeCalls } = await startWithLine()
    takeCalls()
    await expect(autotask.readWritten({ written: [], fromDay }, {})).resolves.toEqual({
      lines: [],
      unitPeriods: [],
    })
    expect(takeCalls()).toEqual({})
  })
})
