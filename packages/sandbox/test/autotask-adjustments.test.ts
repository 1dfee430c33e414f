import { describe, expect, it } from 'vitest'
import { createSmallWorld } from './autotask-client.ts'

describe('an adjustment at the start of a period', () => {
  it('creates the line that is missing, with one row for every period from then on', async () => {
    const { adjust, periods, client } = await createSmallWorld()
    const answer = await adjust({ unitChange: 10, effectiveDate: '2026-01-01' })
    expect(answer).toMatchObject({ status: 200, json: { itemId: null } })
    const rows = await periods()
    expect(rows).toHaveLength(12)
    expect(rows[0]).toEqual(['2026-01-01', '2026-01-31', 10, 30])
    expect(rows[11]).toEqual(['2026-12-01', '2026-12-31', 10, 30])
    expect(await client.rows('ContractServices', [{ op: 'exist', field: 'id' }])).toHaveLength(1)
  })

  it('changes that period and all later ones, and none before, without a new row', async () => {
    const { adjust, periods } = await createSmallWorld()
    await adjust({ unitChange: 10, effectiveDate: '2026-01-01' })
    await adjust({ unitChange: -4, effectiveDate: '2026-04-01' })
    const rows = await periods()
    expect(rows.map(([, , units]) => units)).toEqual([10, 10, 10, 6, 6, 6, 6, 6, 6, 6, 6, 6])
    expect(rows[3]?.[3]).toBe(18)
  })

  it('counts twice when it is sent twice: there is no idempotency key', async () => {
    const { adjust, periods } = await createSmallWorld()
    await adjust({ unitChange: 5, effectiveDate: '2026-04-01' })
    await adjust({ unitChange: 5, effectiveDate: '2026-04-01' })
    expect((await periods())[0]).toEqual(['2026-04-01', '2026-04-30', 10, 30])
  })

  it('can be sent to the root route with the contract in the body, and to the child without it', async () => {
    const { client, contract, service, periods } = await createSmallWorld()
    const body = { serviceID: service.id, unitChange: 2, effectiveDate: '2026-04-01' }
    const root = await client.call('POST', 'ContractServiceAdjustments', {
      ...body,
      contractID: contract.id,
    })
    const child = await client.call('POST', `Contracts/${contract.id}/ServiceAdjustments`, body)
    expect([root.status, child.status]).toEqual([200, 200])
    expect((await periods())[0]?.[2]).toBe(4)
    const disagreeing = await client.call('POST', `Contracts/${contract.id}/ServiceAdjustments`, {
      ...body,
      contractID: contract.id + 1,
    })
    expect(disagreeing.status).toBe(500)
  })
})

describe('an adjustment inside a period', () => {
  it('adds a row that bills the prorated difference, and raises the later periods', async () => {
    const { adjust, periods } = await createSmallWorld()
    await adjust({ unitChange: 10, effectiveDate: '2026-01-01' })
    await adjust({ unitChange: 5, effectiveDate: '2026-03-17' })
    const rows = await periods()
    expect(rows.slice(2, 5)).toEqual([
      ['2026-03-01', '2026-03-31', 10, 30],
      ['2026-03-17', '2026-03-31', 15, 7.2581],
      ['2026-04-01', '2026-04-30', 15, 45],
    ])
  })

  it('shows the difference in place of the total where the switch says so', async () => {
    const { adjust, periods } = await createSmallWorld({
      switches: { changeRowUnits: 'difference' },
    })
    await adjust({ unitChange: 10, effectiveDate: '2026-01-01' })
    await adjust({ unitChange: 5, effectiveDate: '2026-03-17' })
    const rows = await periods()
    expect(rows.slice(2, 5).map(([, , units]) => units)).toEqual([10, 5, 15])
  })

  it('opens a new line with a shortened first period', async () => {
    const { adjust, periods } = await createSmallWorld()
    await adjust({ unitChange: 10, effectiveDate: '2026-03-17' })
    const rows = await periods()
    expect(rows[0]).toEqual(['2026-03-17', '2026-03-31', 10, 14.5161])
    expect(rows[1]).toEqual(['2026-04-01', '2026-04-30', 10, 30])
  })

  it('is refused a second time on the same day', async () => {
    const { adjust, periods } = await createSmallWorld()
    await adjust({ unitChange: 10, effectiveDate: '2026-01-01' })
    await adjust({ unitChange: 5, effectiveDate: '2026-03-17' })
    const before = await periods()
    const again = await adjust({ unitChange: 1, effectiveDate: '2026-03-17' })
    expect(again.status).toBe(500)
    expect(again.json['errors']).toEqual([
      'Attempt to insert duplicate data into contract_service_period',
    ])
    expect(await periods()).toEqual(before)
  })

  it('bills two changes of one period each by their own difference', async () => {
    const { adjust, periods } = await createSmallWorld()
    await adjust({ unitChange: 10, effectiveDate: '2026-04-01' })
    await adjust({ unitChange: 5, effectiveDate: '2026-04-11' })
    await adjust({ unitChange: -3, effectiveDate: '2026-04-16' })
    expect((await periods()).slice(0, 4)).toEqual([
      ['2026-04-01', '2026-04-30', 10, 30],
      ['2026-04-11', '2026-04-30', 15, 10],
      ['2026-04-16', '2026-04-30', 12, -4.5],
      ['2026-05-01', '2026-05-31', 12, 36],
    ])
  })
})

describe('an adjustment of the price', () => {
  it('holds from its date on and leaves earlier rows alone', async () => {
    const { adjust, periods, client } = await createSmallWorld()
    await adjust({ unitChange: 10, effectiveDate: '2026-01-01' })
    await adjust({ unitChange: 0, adjustedUnitPrice: 3.5, effectiveDate: '2026-06-01' })
    const rows = await periods()
    expect(rows[4]?.[3]).toBe(30)
    expect(rows[5]?.[3]).toBe(35)
    const [line] = await client.rows('ContractServices', [{ op: 'exist', field: 'id' }])
    expect(line).toMatchObject({ unitPrice: 3, internalCurrencyAdjustedPrice: 3.5 })
  })

  it('without units and price changes nothing and is taken', async () => {
    const { adjust, periods } = await createSmallWorld()
    await adjust({ unitChange: 10, effectiveDate: '2026-01-01' })
    const before = await periods()
    expect((await adjust({ unitChange: 0, effectiveDate: '2026-06-01' })).status).toBe(200)
    expect(await periods()).toEqual(before)
  })
})

describe('an adjustment is refused with nothing changed', () => {
  it('outside the contract', async () => {
    const { adjust, sandbox } = await createSmallWorld()
    for (const effectiveDate of ['2025-12-31', '2027-01-01']) {
      const answer = await adjust({ unitChange: 1, effectiveDate })
      expect(answer.status).toBe(500)
      expect(answer.json['errors']).toEqual([
        'ContractServiceAdjustment effectiveDate must be between the start date and end date of the Contract referenced by contractID.',
      ])
    }
    expect(sandbox.state().lines).toEqual([])
    expect(sandbox.state().adjustments).toEqual([])
  })

  it('below zero units', async () => {
    const { adjust, periods } = await createSmallWorld()
    await adjust({ unitChange: 3, effectiveDate: '2026-01-01' })
    expect((await adjust({ unitChange: -4, effectiveDate: '2026-05-01' })).status).toBe(500)
    expect((await adjust({ unitChange: -3, effectiveDate: '2026-05-01' })).status).toBe(200)
    expect((await periods())[4]?.[2]).toBe(0)
  })

  it('at zero units where the switch says so', async () => {
    const { adjust } = await createSmallWorld({ switches: { zeroUnits: 'refuse' } })
    await adjust({ unitChange: 3, effectiveDate: '2026-01-01' })
    expect((await adjust({ unitChange: -3, effectiveDate: '2026-05-01' })).status).toBe(500)
    expect((await adjust({ unitChange: -2, effectiveDate: '2026-05-01' })).status).toBe(200)
  })

  it('for a service, contract or line that does not exist, and for contracts of other types', async () => {
    const { adjust, client, sandbox, account, service } = await createSmallWorld()
    const valid = { unitChange: 1, effectiveDate: '2026-05-01' }
    expect((await adjust({ ...valid, serviceID: 9 })).json['errors']).toEqual([
      'Reference value on field: serviceID of type: Service does not exist or is invalid.',
    ])
    expect((await adjust({ ...valid, contractServiceID: 9 })).json['errors']).toEqual([
      'Reference value on field: contractServiceID of type: ContractService does not exist or is invalid.',
    ])
    const hours = sandbox.hand.addContract({ companyID: account.id, contractType: 4 })
    const other = await client.call('POST', `Contracts/${hours.id}/ServiceAdjustments`, {
      ...valid,
      serviceID: service.id,
    })
    expect(other.status).toBe(500)
    expect((await adjust({ unitChange: 1 })).json['errors']).toEqual([
      'Value does not exist for the required field effectiveDate',
    ])
    expect((await adjust({ ...valid, unitChange: 1.5 })).status).toBe(500)
    expect(sandbox.state().unitPeriods).toEqual([])
  })
})

describe('a second line of one service', () => {
  it('appears only with allowRepeatService, and is addressed by its own id', async () => {
    const { adjust, sandbox } = await createSmallWorld()
    await adjust({ unitChange: 1, effectiveDate: '2026-01-01' })
    await adjust({ unitChange: 1, effectiveDate: '2026-01-01' })
    expect(sandbox.state().lines).toHaveLength(1)
    await adjust({ unitChange: 7, effectiveDate: '2026-01-01', allowRepeatService: true })
    const { lines } = sandbox.state()
    expect(lines).toHaveLength(2)
    await adjust({ unitChange: 2, effectiveDate: '2026-01-01', contractServiceID: lines[1]?.id })
    expect(sandbox.state().lines.map((line) => line.unitPeriods[0]?.units)).toEqual([2, 9])
  })
})

describe('an adjustment in a posted period', () => {
  async function posted(postedPeriod: 'extra' | 'skip' | 'reject') {
    const small = await createSmallWorld({ switches: { postedPeriod } })
    await small.adjust({ unitChange: 10, effectiveDate: '2026-01-01' })
    small.sandbox.post('2026-03-31')
    return small
  }

  it('writes an extra row and raises later periods (extra)', async () => {
    const { adjust, periods } = await posted('extra')
    await adjust({ unitChange: 5, effectiveDate: '2026-03-17' })
    expect((await periods()).slice(2, 5)).toEqual([
      ['2026-03-01', '2026-03-31', 10, 30],
      ['2026-03-17', '2026-03-31', 15, 7.2581],
      ['2026-04-01', '2026-04-30', 15, 45],
    ])
  })

  it('leaves the posted period alone and says nothing (skip)', async () => {
    const { adjust, periods } = await posted('skip')
    const answer = await adjust({ unitChange: 5, effectiveDate: '2026-03-01' })
    expect(answer).toMatchObject({ status: 200, json: { itemId: null } })
    expect((await periods()).slice(2, 4)).toEqual([
      ['2026-03-01', '2026-03-31', 10, 30],
      ['2026-04-01', '2026-04-30', 15, 45],
    ])
  })

  it('is refused (reject)', async () => {
    const { adjust, periods } = await posted('reject')
    const before = await periods()
    expect((await adjust({ unitChange: 5, effectiveDate: '2026-03-01' })).status).toBe(500)
    expect(await periods()).toEqual(before)
    expect((await adjust({ unitChange: 5, effectiveDate: '2026-04-01' })).status).toBe(200)
  })
})
