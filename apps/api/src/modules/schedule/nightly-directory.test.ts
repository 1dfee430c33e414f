import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/kit/databases.ts'
import { mapCustomers, type MappedCustomer } from '../../../test/kit/map-customers.ts'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'

interface Run {
  status: string
  trigger: string
  problems: { code: string; facts: { name: string; value: string }[] }[]
  totals: { adjustments: number; linesCompared: number }
  findings: {
    nodes: { code: string; subject: { name: string }; facts: { name: string; value: string }[] }[]
  }
}

interface Tenant {
  id: string
  name: string
  isPresent: boolean
  mapping: { billingEnabled: boolean; account: { name: string } | null }
}

describe.each(databaseKinds)('what the nightly run finds changed, on %s', (kind) => {
  let practice: Practice
  let customer: MappedCustomer
  beforeEach(async () => {
    practice = await startPractice(kind, { seed: 3, switches: { serviceTimeMs: 0 } })
    const customers = await mapCustomers(practice)
    // Somebody who is billed for something, so that a stop would show.
    const { usage } = practice.sandbox.state()
    const found = customers.find((one) =>
      usage.some((count) => count.virtualServerId === one.virtualServerId && count.devices > 2),
    )
    if (found === undefined) throw new Error('nobody is billed')
    customer = found
    await runNextMorning()
  })
  afterEach(() => practice.close())

  /** Lets a day pass and the schedule look; the run that it began, with what it found. */
  const runNextMorning = async (): Promise<Run> => {
    const { trueup, integrationId } = practice
    await trueup.ask('mutation { advancePracticeDay(days: 1) { ok } }')
    await trueup.app.schedule.tick()
    await trueup.app.services.background.settle()
    const { data } = await trueup.ask<{ billingRuns: { nodes: Run[] } }>(
      `query ($id: ID!) { billingRuns(integrationId: $id, first: 1) { nodes {
        status trigger problems { code facts { name value } } totals { adjustments linesCompared }
        findings(first: 500) { nodes { code subject { name } facts { name value } } } } } }`,
      { id: integrationId },
    )
    const [run] = data.billingRuns.nodes
    if (run === undefined) throw new Error('nothing ran')
    return run
  }
  const control = async (path: string, body: object): Promise<void> => {
    const response = await fetch(`${practice.sandbox.connection.control}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(response.status).toBe(200)
  }
  const findTenant = async (name: string): Promise<Tenant | undefined> => {
    const { data } = await practice.trueup.ask<{ tenants: { nodes: Tenant[] } }>(
      `query ($id: ID!, $name: String!) { tenants(integrationId: $id, filter: { nameContains: $name }) {
        nodes { id name isPresent mapping { billingEnabled account { name } } } } }`,
      { id: practice.integrationId, name },
    )
    return data.tenants.nodes.find((tenant) => tenant.name === name)
  }
  const codesOf = (run: Run, name: string): string[] =>
    run.findings.nodes.filter(({ subject }) => subject.name === name).map(({ code }) => code)

  test('a customer that appeared on both sides can be mapped in the morning', async () => {
    await control('/virtual-server', { add: { name: 'Brand New', devices: 3 } })
    const { sandbox, trueup, integrationId } = practice
    const account = sandbox.hand.addAccount({ companyName: 'Brand New Ltd' })
    sandbox.hand.addContract({ companyID: account.id, contractName: 'Everything' })
    sandbox.hand.addService({ name: 'A service of today', unitPrice: 4 })
    const run = await runNextMorning()
    expect(run).toMatchObject({ trigger: 'SCHEDULE', status: expect.stringMatching(/^COMPLETED/) })
    expect(codesOf(run, 'Brand New')).toEqual(['TENANT_UNMAPPED'])
    expect(await findTenant('Brand New')).toMatchObject({
      isPresent: true,
      mapping: { account: null },
    })
    const { data } = await trueup.ask<{
      autotaskAccounts: {
        nodes: { name: string; contracts: { name: string; unavailableBecause: null }[] }[]
      }
      services: { totalCount: number }
      activities: { nodes: { actor: string }[] }
    }>(
      `query ($id: ID!) {
        autotaskAccounts(integrationId: $id, filter: { nameContains: "Brand New" }) { nodes { name contracts { name unavailableBecause } } }
        services(integrationId: $id, filter: { nameContains: "A service of today" }) { totalCount }
        activities(integrationId: $id, filter: { action: ["DIRECTORY_READ"], actor: "schedule" }) { nodes { actor } } }`,
      { id: integrationId },
    )
    expect(data.autotaskAccounts.nodes).toEqual([
      { name: 'Brand New Ltd', contracts: [{ name: 'Everything', unavailableBecause: null }] },
    ])
    expect(data.services.totalCount).toBe(1)
    expect(data.activities.nodes).toHaveLength(1)
  })

  test('a renamed customer keeps its mapping and goes on being billed', async () => {
    await control('/virtual-server', { rename: customer.virtualServerId, name: 'Renamed GmbH' })
    const run = await runNextMorning()
    expect(run.status).toMatch(/^COMPLETED/)
    expect(run.totals.adjustments).toBe(0)
    expect(codesOf(run, 'Renamed GmbH')).not.toContain('TENANT_UNMAPPED')
    expect(await findTenant('Renamed GmbH')).toMatchObject({
      id: customer.tenantId,
      isPresent: true,
      mapping: { billingEnabled: true, account: { name: expect.any(String) } },
    })
  })

  test('a vanished customer is shown as gone, keeps its mapping, and is found instead of billed', async () => {
    const name =
      practice.sandbox.state().virtualServers.find(({ id }) => id === customer.virtualServerId)
        ?.name ?? ''
    const linesBefore = practice.sandbox.state().unitPeriods
    await control('/virtual-server', { delete: customer.virtualServerId })
    const run = await runNextMorning()
    expect(run.totals.adjustments).toBe(0)
    expect(codesOf(run, name)).toEqual(['TENANT_VANISHED'])
    expect(await findTenant(name)).toMatchObject({
      id: customer.tenantId,
      isPresent: false,
      mapping: { billingEnabled: true, account: { name: expect.any(String) } },
    })
    expect(practice.sandbox.state().unitPeriods).toEqual(linesBefore)
  })

  test('accounts that cannot be read keep nothing from being billed, and are a finding', async () => {
    const { sandbox } = practice
    sandbox.arm({ permissionLoss: { on: 'Companies', count: 1000 } })
    const { virtualServerId } = customer
    const count = sandbox.state().usage.find((one) => one.virtualServerId === virtualServerId)
    if (count === undefined) throw new Error('the customer uses nothing')
    const { application, category, devices } = count
    sandbox.setUsage({
      virtualServer: virtualServerId,
      application,
      category,
      devices: devices + 1,
    })
    const run = await runNextMorning()
    expect(run.status).toMatch(/^COMPLETED/)
    expect(run.totals.adjustments).toBe(1)
    const [finding] = run.findings.nodes.filter(({ code }) => code === 'DIRECTORY_NOT_READ')
    expect(finding?.facts).toEqual([{ name: 'failure', value: 'AUTOTASK_PERMISSION_MISSING' }])
  })

  test('a Kaspersky side that lists nobody any more fails the run and marks nobody as gone', async () => {
    for (const { id } of practice.sandbox.state().virtualServers)
      await control('/virtual-server', { delete: id })
    const run = await runNextMorning()
    expect(run.status).toBe('FAILED')
    expect(run.problems[0]?.facts).toContainEqual({ name: 'code', value: 'DIRECTORY_EMPTY' })
    const { data } = await practice.trueup.ask<{ tenants: { totalCount: number } }>(
      'query ($id: ID!) { tenants(integrationId: $id, filter: { present: false }) { totalCount } }',
      { id: practice.integrationId },
    )
    expect(data.tenants.totalCount).toBe(0)
  })
})
