import { AutotaskRestApi, type ForeignEntity } from '@apigrate/autotask-restapi'
import { describe, expect, it } from 'vitest'
import { createSmallWorld } from './autotask-client.ts'

async function foreignClient() {
  const small = await createSmallWorld({ switches: { serviceTimeMs: 0 } })
  const { url, userName, secret, integrationCode } = small.sandbox.connection.autotask
  const api = new AutotaskRestApi(userName, secret, integrationCode, { base_url: url })
  const entity = (name: string): ForeignEntity => {
    const found = api[name]
    if (!found) throw new Error(`the client has no ${name}`)
    return found
  }
  return { ...small, entity }
}

/** Walks by id, as Autotask's documentation recommends. */
async function walk(entity: ForeignEntity, pageSize: number) {
  const items: Record<string, unknown>[] = []
  let pages = 0
  for (let after = -1; ; pages += 1) {
    const page = await entity.query({
      MaxRecords: pageSize,
      filter: [{ op: 'gt', field: 'id', value: after }],
    })
    items.push(...page.items)
    if (page.items.length < pageSize) return { items, pages: pages + 1 }
    after = Number(page.items.at(-1)?.['id'])
  }
}

describe("somebody else's client (@apigrate/autotask-restapi)", () => {
  it('looks up the zone and queries every entity that billing needs over several pages', async () => {
    const { entity, sandbox, service, contract } = await foreignClient()
    const { hand } = sandbox
    for (let index = 1; index <= 6; index += 1) {
      const account = hand.addAccount({ companyName: `Customer ${index}` })
      const other = hand.addService({ name: `Service ${index}` })
      const own = hand.addContract({ companyID: account.id })
      hand.addLine({ contractID: own.id, serviceID: service.id, units: index })
      const bundle = hand.addBundle({
        name: `Bundle ${index}`,
        unitPrice: 9,
        serviceIDs: [other.id],
      })
      hand.addLine({ contractID: own.id, serviceBundleID: bundle.id, units: index })
    }
    hand.addLine({ contractID: contract.id, serviceID: service.id, units: 1 })
    sandbox.post('2026-03-31')
    const state = sandbox.state()
    const wanted: Record<string, number> = {
      Companies: state.accounts.length,
      Contracts: state.contracts.length,
      Services: state.services.length,
      ContractServices: state.lines.length,
      ContractServiceUnits: state.unitPeriods.length,
      BillingItems: state.billingItems.length,
      ServiceBundles: 6,
      ContractServiceBundles: 6,
      ContractServiceBundleUnits: 72,
    }
    for (const [name, count] of Object.entries(wanted)) {
      const { items, pages } = await walk(entity(name), 4)
      expect([name, items.length, pages > 1]).toEqual([name, count, true])
      const counted = await entity(name).count({ filter: [{ op: 'exist', field: 'id' }] })
      expect(counted.queryCount).toBe(count)
    }
    expect((await entity('Contracts').get(contract.id))?.item).toMatchObject({ contractType: 7 })
    expect((await entity('Services').fieldInfo()).fields.length).toBeGreaterThan(20)
  })

  it('creates a line and an adjustment, and changes a contract', async () => {
    const { entity, sandbox, service, contract, periods } = await foreignClient()
    const line = await entity('ContractServices').create(contract.id, { serviceID: service.id })
    expect(line.itemId).toBe(sandbox.state().lines[0]?.id)
    const adjusted = await entity('ContractServiceAdjustments').create(contract.id, {
      contractServiceID: line.itemId,
      unitChange: 6,
      effectiveDate: '2026-04-01',
    })
    expect(adjusted).toEqual({ itemId: null })
    expect((await periods())[0]).toEqual(['2026-04-01', '2026-04-30', 6, 18])
    const changed = await entity('Contracts').update({ id: contract.id, contractNumber: 'A-7' })
    expect(changed).toEqual({ itemId: contract.id })
    expect(sandbox.state().contracts[0]?.contractNumber).toBe('A-7')
  })

  it('gets the errors that it knows from the real server', async () => {
    const { entity, sandbox, contract, service } = await foreignClient()
    const outside = entity('ContractServiceAdjustments').create(contract.id, {
      serviceID: service.id,
      unitChange: 1,
      effectiveDate: '2030-01-01',
    })
    await expect(outside).rejects.toMatchObject({
      status: 500,
      details: { errors: [expect.stringContaining('must be between the start date and end date')] },
    })
    sandbox.arm({ '429': 1 })
    const refused = entity('Companies').query({ filter: [{ op: 'exist', field: 'id' }] })
    await expect(refused).rejects.toMatchObject({ status: 429 })
    sandbox.arm({ htmlError: 1 })
    expect(await entity('Companies').get(1)).toBeNull()
    const { url, userName } = sandbox.connection.autotask
    const stranger = new AutotaskRestApi(userName, 'wrong', 'wrong', { base_url: url })
    await expect(stranger['Companies']?.get(1)).rejects.toMatchObject({ status: 401 })
  })
})
