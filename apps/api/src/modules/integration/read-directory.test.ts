import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/kit/databases.ts'
import { readEverything } from '../../../test/kit/read-everything.ts'
import { connectionsOf, startPractice, type Practice } from '../../../test/kit/start-practice.ts'

interface Read {
  tenants: number
  accounts: number
  contracts: number
  services: number
  problems: { code: string; message: string; facts: { name: string; value: string }[] }[]
}

const READ = /* GraphQL */ `
  mutation ($integrationId: ID!) {
    readDirectory(integrationId: $integrationId) {
      tenants
      accounts
      contracts
      services
      problems {
        code
        message
        facts {
          name
          value
        }
      }
    }
  }
`

interface Tenant {
  id: string
  name: string
  isPresent: boolean
  mapping: { account: { name: string } | null }
}

describe.each(databaseKinds)('reading the directory, on %s', (kind) => {
  let practice: Practice
  beforeAll(async () => {
    practice = await startPractice(kind)
  })
  afterAll(() => practice.close())

  const read = async (): Promise<Read> => {
    const { trueup, integrationId } = practice
    const answer = await trueup.ask<{ readDirectory: Read }>(READ, { integrationId })
    expect(answer.errors).toEqual([])
    return answer.data.readDirectory
  }
  const control = async (path: string, body: object): Promise<void> => {
    const url = `${practice.sandbox.connection.control}${path}`
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
    expect(response.status).toBe(200)
  }
  const listTenants = async (): Promise<Tenant[]> => {
    const { trueup, integrationId } = practice
    const { data } = await trueup.ask<{ tenants: { nodes: Tenant[] } }>(
      'query($id: ID!) { tenants(integrationId: $id) { nodes { id name isPresent mapping { account { name } } } } }',
      { id: integrationId },
    )
    return data.tenants.nodes
  }

  test('tenants, accounts, contracts and services are what both sides list', async () => {
    const { sandbox } = practice
    const first = await read()
    const state = sandbox.state()
    expect(first).toMatchObject({ tenants: state.virtualServers.length, problems: [] })
    expect(first.accounts).toBeGreaterThan(10)
    expect(first.contracts).toBeGreaterThan(10)
    expect(first.services).toBeGreaterThan(10)
    expect((await listTenants()).map((tenant) => tenant.name).toSorted()).toEqual(
      state.virtualServers.map((server) => server.name).toSorted(),
    )
    expect(await read()).toEqual(first)
  })

  test('the applications in use are known afterwards', async () => {
    expect((await readEverything(practice)).applications.length).toBeGreaterThan(3)
  })

  test('a renamed tenant and a vanished one keep their ids and mappings', async () => {
    const { trueup, integrationId } = practice
    const before = await readEverything(practice)
    const [renamed, vanished] = before.tenants
    const rows = [renamed, vanished].map((tenant, index) => ({
      tenantId: tenant?.id,
      version: tenant?.mapping.version,
      accountId: before.accounts[index]?.id,
      billingEnabled: false,
    }))
    await trueup.ask(
      'mutation($i: ID!, $rows: [AccountMappingInput!]!) { saveAccountMappings(integrationId: $i, rows: $rows) { problems { code } } }',
      { i: integrationId, rows },
    )
    await control('/virtual-server', { rename: renamed?.name, name: 'Renamed GmbH' })
    await control('/virtual-server', { delete: vanished?.name })
    await control('/virtual-server', { add: { name: 'Brand New', devices: 3 } })
    await read()
    const now = new Map((await listTenants()).map((tenant) => [tenant.id, tenant]))
    expect(now.get(renamed?.id ?? '')).toMatchObject({
      name: 'Renamed GmbH',
      isPresent: true,
      mapping: { account: { name: before.accounts[0]?.name } },
    })
    expect(now.get(vanished?.id ?? '')).toMatchObject({
      name: vanished?.name,
      isPresent: false,
      mapping: { account: { name: before.accounts[1]?.name } },
    })
    expect([...now.values()].find((tenant) => tenant.name === 'Brand New')).toMatchObject({
      isPresent: true,
      mapping: { account: null },
    })
    const { data } = await trueup.ask<{ tenants: { nodes: { name: string }[] } }>(
      'query($id: ID!) { tenants(integrationId: $id, filter: { present: false }) { nodes { name } } }',
      { id: integrationId },
    )
    expect(data.tenants.nodes).toEqual([{ name: vanished?.name }])
  })

  test('two readings at once leave every row once', async () => {
    const [a, b] = await Promise.all([read(), read()])
    expect(a).toEqual(b)
    const tenants = await listTenants()
    expect(new Set(tenants.map((tenant) => tenant.name)).size).toBe(tenants.length)
  })

  test('when one side cannot be read nothing is changed, and the problem names it', async () => {
    const { trueup, integrationId, sandbox } = practice
    const before = await listTenants()
    const { data } = await trueup.ask<{ integration: { version: number } }>(
      'query($id: ID!) { integration(id: $id) { version } }',
      { id: integrationId },
    )
    const update = (version: number, secret: string): Promise<unknown> =>
      trueup.ask(
        'mutation($id: ID!, $version: Int!, $input: UpdateIntegrationInput!) { updateIntegration(id: $id, version: $version, input: $input) { problems { code } } }',
        { id: integrationId, version, input: { autotask: { secret } } },
      )
    await update(data.integration.version, 'wrong')
    await control('/virtual-server', { rename: 'Renamed GmbH', name: 'Renamed again' })
    const failed = await read()
    expect(failed.problems.map((problem) => problem.code)).toEqual(['VENDOR_FAILED'])
    // The operation is named once, whoever put it into the message.
    expect(failed.problems[0]?.message).toMatch(
      /^Autotask did not do what was asked\. (?<operation>\S+): (?!\k<operation>)/u,
    )
    expect(failed.problems[0]?.facts).toContainEqual({
      name: 'code',
      value: 'AUTOTASK_CREDENTIALS_REFUSED',
    })
    expect(await listTenants()).toEqual(before)
    await update(data.integration.version + 1, connectionsOf(sandbox).autotask.secret)
    expect((await read()).problems).toEqual([])
  })

  test('a side that suddenly lists nothing at all changes nothing', async () => {
    const { sandbox } = practice
    const servers = sandbox.state().virtualServers.map((server) => server.name)
    for (const name of servers) await control('/virtual-server', { delete: name })
    const before = await listTenants()
    expect((await read()).problems.map((problem) => problem.code)).toEqual(['DIRECTORY_EMPTY'])
    expect(await listTenants()).toEqual(before)
  })
})
