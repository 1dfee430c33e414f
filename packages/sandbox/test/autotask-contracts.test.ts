import { describe, expect, it } from 'vitest'
import { createSmallWorld } from './autotask-client.ts'

/** The small world with a line of 10 units from January on. */
async function tenUnits(options: Parameters<typeof createSmallWorld>[0] = {}) {
  const small = await createSmallWorld(options)
  await small.adjust({ unitChange: 10, effectiveDate: '2026-01-01' })
  const patch = (body: Record<string, unknown>) =>
    small.client.call('PATCH', 'Contracts', { id: small.contract.id, ...body })
  return { ...small, patch }
}

const POSTED_TEXT =
  'Unable to make changes as it would result in the deletion/modification of an already approved and posted contract period'

describe("a contract's end", () => {
  it('moved later lets periods appear with the last units', async () => {
    const { patch, periods } = await tenUnits()
    expect((await patch({ endDate: '2027-02-14' })).status).toBe(200)
    const rows = await periods()
    expect(rows.slice(11)).toEqual([
      ['2026-12-01', '2026-12-31', 10, 30],
      ['2027-01-01', '2027-01-31', 10, 30],
      ['2027-02-01', '2027-02-14', 10, 15],
    ])
  })

  it('moved later completes the period that it had cut', async () => {
    const { patch, periods } = await tenUnits()
    await patch({ endDate: '2026-04-15' })
    expect((await periods())[3]).toEqual(['2026-04-01', '2026-04-15', 10, 15])
    await patch({ endDate: '2026-05-31' })
    expect((await periods()).slice(3)).toEqual([
      ['2026-04-01', '2026-04-30', 10, 30],
      ['2026-05-01', '2026-05-31', 10, 30],
    ])
  })

  it('moved later adds a row for the rest of a cut period that was posted', async () => {
    const { patch, periods, sandbox } = await tenUnits()
    await patch({ endDate: '2026-04-15' })
    sandbox.post('2026-04-30')
    await patch({ endDate: '2026-04-30' })
    expect((await periods()).slice(3)).toEqual([
      ['2026-04-01', '2026-04-15', 10, 15],
      ['2026-04-16', '2026-04-30', 10, 15],
    ])
  })

  it('moved earlier drops what lies behind it, and is refused where that is posted', async () => {
    const { patch, periods, sandbox } = await tenUnits()
    sandbox.post('2026-03-31')
    expect(await patch({ endDate: '2026-03-15' })).toMatchObject({
      status: 500,
      json: { errors: [POSTED_TEXT] },
    })
    expect(await periods()).toHaveLength(12)
    expect((await patch({ endDate: '2026-05-10' })).status).toBe(200)
    expect((await periods()).at(-1)).toEqual(['2026-05-01', '2026-05-10', 10, 9.6774])
  })
})

describe('billing periods', () => {
  it('are counted from the start, clamped to the length of the month', async () => {
    const { sandbox, service, account } = await createSmallWorld()
    const contract = sandbox.hand.addContract({
      companyID: account.id,
      startDate: '2026-01-31',
      endDate: '2026-06-29',
    })
    sandbox.hand.addLine({ contractID: contract.id, serviceID: service.id, units: 1 })
    expect(sandbox.state().unitPeriods.map((row) => [row.startDate, row.endDate])).toEqual([
      ['2026-01-31', '2026-02-27'],
      ['2026-02-28', '2026-03-30'],
      ['2026-03-31', '2026-04-29'],
      ['2026-04-30', '2026-05-30'],
      ['2026-05-31', '2026-06-29'],
    ])
  })

  it('of a quarterly contract bill a monthly service three times, and its own last days by share', async () => {
    const { sandbox, service, account } = await createSmallWorld()
    const contract = sandbox.hand.addContract({
      companyID: account.id,
      contractPeriodType: 3,
      startDate: '2026-01-01',
      endDate: '2026-08-15',
    })
    sandbox.hand.addLine({ contractID: contract.id, serviceID: service.id, units: 10 })
    expect(sandbox.state().unitPeriods.map((row) => [row.startDate, row.price])).toEqual([
      ['2026-01-01', 90],
      ['2026-04-01', 90],
      ['2026-07-01', 45],
    ])
  })
})

describe('approving and posting', () => {
  it('makes a billing item of every row that begins up to the day, and of none twice', async () => {
    const { sandbox, client, contract } = await tenUnits()
    expect(sandbox.post('2026-03-01')).toEqual({ rows: 3, billingItems: 3 })
    expect(sandbox.post('2026-03-01')).toEqual({ rows: 0, billingItems: 0 })
    const items = await client.rows('BillingItems', [
      { op: 'eq', field: 'contractID', value: contract.id },
    ])
    expect(items).toHaveLength(3)
    expect(items[0]).toMatchObject({
      itemDate: '2026-01-01T00:00:00Z',
      quantity: 10,
      rate: 3,
      extendedPrice: 30,
      ourCost: 20,
      invoiceID: 0,
    })
    const rows = await client.rows('ContractServiceUnits', [
      { op: 'exist', field: 'approveAndPostDate' },
    ])
    expect(rows.map((row) => row['approveAndPostDate'])).toEqual(
      Array.from({ length: 3 }, () => '2026-03-10T09:00:00.000Z'),
    )
  })

  it('dates the item of a change inside a period on its day, with the difference rounded to cents', async () => {
    for (const changeItemPeriodId of ['shared', 'own'] as const) {
      const { adjust, sandbox } = await tenUnits({ switches: { changeItemPeriodId } })
      await adjust({ unitChange: 5, effectiveDate: '2026-03-17' })
      sandbox.post('2026-03-31')
      const [period, change] = sandbox.state().billingItems.slice(2)
      expect(change).toMatchObject({ itemDate: '2026-03-17', quantity: 5, extendedPrice: 7.26 })
      const isShared = change?.['contractServicePeriodID'] === period?.['contractServicePeriodID']
      expect(isShared).toBe(changeItemPeriodId === 'shared')
    }
  })

  it('leaves posted prices alone when the price changes later', async () => {
    const { adjust, periods, sandbox } = await tenUnits()
    sandbox.post('2026-02-28')
    await adjust({ unitChange: 0, adjustedUnitPrice: 4, effectiveDate: '2026-03-01' })
    expect((await periods()).slice(0, 3).map(([, , , price]) => price)).toEqual([30, 30, 40])
  })
})

describe('a renewal', () => {
  it('is a new contract with new lines that carries the units over, and inactivates the old one', async () => {
    const { sandbox, contract, adjust } = await tenUnits()
    await adjust({ unitChange: 2, effectiveDate: '2026-12-01' })
    const renewed = sandbox.hand.renewContract({ contractID: contract.id })
    expect(renewed).toMatchObject({
      startDate: '2027-01-01',
      endDate: '2027-12-31',
      status: 1,
      renewedContractID: contract.id,
    })
    const state = sandbox.state()
    expect(state.contracts[0]).toMatchObject({ status: 0, endDate: '2026-12-31' })
    expect(state.lines).toHaveLength(2)
    expect(state.lines[1]?.unitPeriods.map((row) => row.units)).toEqual(Array(12).fill(12))
    expect(() => sandbox.hand.renewContract({ contractID: contract.id })).toThrow(/already/u)
  })

  it('in the middle of a term ends the old contract the day before', async () => {
    const { sandbox, contract } = await tenUnits()
    sandbox.hand.renewContract({
      contractID: contract.id,
      startDate: '2026-07-01',
      endDate: '2028-06-30',
    })
    const state = sandbox.state()
    expect(state.contracts[0]?.endDate).toBe('2026-06-30')
    expect(state.lines.map((line) => line.unitPeriods.length)).toEqual([6, 24])
  })
})

describe('writing entities', () => {
  it('creates a contract with everything it needs, and names what is missing or wrong', async () => {
    const { client, account } = await createSmallWorld()
    const body = {
      companyID: account.id,
      contractName: 'Managed Services 2027',
      contractType: 7,
      status: 1,
      startDate: '2027-01-01',
      endDate: '2027-12-31',
      contractPeriodType: 2,
      timeReportingRequiresStartAndStopTimes: 0,
      setupFee: 0,
      somethingUnknown: true,
    }
    const created = await client.call('POST', 'Contracts', body)
    expect(created.status).toBe(200)
    const read = await client.call('GET', `Contracts/${String(created.json['itemId'])}`)
    expect(read.json['item']).toMatchObject({ contractName: 'Managed Services 2027', setupFee: 0 })
    const errorsOf = async (changed: Record<string, unknown>) =>
      (await client.call('POST', 'Contracts', { ...body, ...changed })).json['errors']
    expect(await errorsOf({ contractName: undefined })).toEqual([
      'Value does not exist for the required field contractName',
    ])
    expect(await errorsOf({ status: 99 })).toEqual([
      'Picklist value [99] does not exist for status',
    ])
    expect(await errorsOf({ companyID: 4 })).toEqual([
      'Reference value on field: companyID of type: Account does not exist or is invalid.',
    ])
    expect(await errorsOf({ contractPeriodType: undefined })).toHaveLength(1)
    expect(await errorsOf({ setupFee: 'ten' })).toEqual([
      'Unexpected character encountered while parsing value: t',
    ])
  })

  it('passes over read-only and unknown fields of a change in silence', async () => {
    const { patch, contract, client } = await tenUnits()
    const answer = await patch({ contractType: 1, companyID: 0, nope: 1, description: 'Neu' })
    expect(answer).toMatchObject({ status: 200, json: { itemId: contract.id } })
    const { json } = await client.call('GET', `Contracts/${contract.id}`)
    expect(json['item']).toMatchObject({ contractType: 7, description: 'Neu' })
    expect((await client.call('PATCH', 'Contracts', { description: 'x' })).status).toBe(500)
    expect((await patch({ startDate: '2026-02-01' })).status).toBe(500)
  })

  it('replaces by PUT: what is left out becomes null', async () => {
    const { client, account } = await createSmallWorld()
    const put = { id: account.id, companyName: 'Neu', companyType: 1, phone: '1' }
    expect((await client.call('PUT', 'Companies', put)).status).toBe(200)
    const { json } = await client.call('GET', `Companies/${account.id}`)
    expect(json['item']).toMatchObject({ companyName: 'Neu', isActive: null, city: null })
  })

  it('creates a line without units, and refuses the same service twice', async () => {
    const { client, contract, service, sandbox } = await createSmallWorld()
    const path = `Contracts/${contract.id}/Services`
    const created = await client.call('POST', path, { serviceID: service.id, unitPrice: 2.5 })
    const [line] = sandbox.state().lines
    expect(created.json).toEqual({ itemId: line?.id })
    expect(line).toMatchObject({ unitPrice: 2.5, adjustedPrice: 2.5, unitPeriods: [] })
    expect((await client.call('POST', path, { serviceID: service.id })).status).toBe(500)
    const change = { id: line?.id, invoiceDescription: 'Schutz' }
    expect((await client.call('PATCH', path, change)).json).toEqual({ itemId: line?.id })
    const read = await client.call('GET', `ContractServices/${line?.id}`)
    expect(read.json['item']).toMatchObject({ invoiceDescription: 'Schutz', unitPrice: 2.5 })
  })
})

describe('bundles', () => {
  it('are sold by lines, units and adjustments of their own', async () => {
    const { client, contract, service } = await createSmallWorld()
    const bundle = await client.call('POST', 'ServiceBundles', {
      name: 'Complete',
      billingCodeID: 1,
      periodType: 2,
      unitPrice: 20,
    })
    const id = Number(bundle.json['itemId'])
    const member = await client.call('POST', `ServiceBundles/${id}/Services`, {
      serviceID: service.id,
    })
    expect(member.status).toBe(200)
    const adjust = (body: Record<string, unknown>) =>
      client.call('POST', `Contracts/${contract.id}/ServiceBundleAdjustments`, {
        serviceBundleID: id,
        ...body,
      })
    const first = await adjust({ unitChange: 4, effectiveDate: '2026-03-01' })
    expect(first).toMatchObject({ status: 200, json: { itemId: null } })
    const filter = [{ op: 'eq', field: 'contractID', value: contract.id }]
    expect(await client.rows('ContractServiceBundles', filter)).toMatchObject([
      { serviceBundleID: id, unitPrice: 20 },
    ])
    const units = await client.rows('ContractServiceBundleUnits', filter)
    expect(units).toHaveLength(10)
    expect(units[0]).toMatchObject({ units: 4, price: 80, serviceBundleID: id })
    expect(await client.rows('ContractServiceUnits', filter)).toEqual([])
    expect((await client.call('DELETE', `ServiceBundles/${id}`)).status).toBe(500)
  })
})

describe('readings of an adjustment that nobody has settled', () => {
  it('the answer may name a number', async () => {
    const { adjust } = await tenUnits({ switches: { adjustmentItemId: 'number' } })
    const { json } = await adjust({ unitChange: 1, effectiveDate: '2026-05-01' })
    expect(json['itemId']).toBeTypeOf('number')
  })

  it('a second change of a line on the first day of a period may be a duplicate', async () => {
    const { adjust, periods } = await tenUnits({ switches: { periodStartRepeat: 'refuse' } })
    expect((await adjust({ unitChange: 1, effectiveDate: '2026-05-01' })).status).toBe(200)
    expect((await adjust({ unitChange: 1, effectiveDate: '2026-05-01' })).json['errors']).toEqual([
      'Attempt to insert duplicate data into contract_service_period',
    ])
    expect((await periods())[4]?.[2]).toBe(11)
  })

  it('the row of a period with a change inside may be cut short', async () => {
    const { adjust, periods } = await tenUnits({ switches: { changedPeriodRow: 'cut' } })
    await adjust({ unitChange: 5, effectiveDate: '2026-03-17' })
    expect((await periods()).slice(2, 4)).toEqual([
      ['2026-03-01', '2026-03-16', 10, 30],
      ['2026-03-17', '2026-03-31', 15, 7.2581],
    ])
  })

  it('rows of 0 units may vanish, and come back with the next units', async () => {
    const { adjust, periods } = await tenUnits({ switches: { zeroUnits: 'deleteRows' } })
    await adjust({ unitChange: -10, effectiveDate: '2026-05-01' })
    expect(await periods()).toHaveLength(4)
    await adjust({ unitChange: 3, effectiveDate: '2026-06-01' })
    const rows = await periods()
    expect(rows).toHaveLength(11)
    expect(rows[4]).toEqual(['2026-06-01', '2026-06-30', 3, 9])
  })
})
