import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/kit/databases.ts'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'

const READ = /* GraphQL */ `
  mutation ($integrationId: ID!) {
    readDirectory(integrationId: $integrationId) {
      tenants
      accounts
      contracts
      services
      problems {
        code
      }
    }
  }
`

interface Read {
  readDirectory: {
    tenants: number
    accounts: number
    contracts: number
    services: number
    problems: { code: string }[]
  }
}

describe.each(databaseKinds)('reading the directory, on %s', (kind) => {
  let practice: Practice
  beforeAll(async () => {
    practice = await startPractice(kind)
  })
  afterAll(() => practice.close())

  test('tenants, accounts, contracts and services are what both sides list', async () => {
    const { trueup, integrationId, sandbox } = practice
    const { data } = await trueup.ask<Read>(READ, { integrationId })
    expect(data.readDirectory).toMatchObject({ tenants: 12, problems: [] })

    const listed = await trueup.ask<{ tenants: { nodes: { name: string; externalId: string }[] } }>(
      '{ tenants(integrationId: "ID") { nodes { name externalId } } }'.replace('ID', integrationId),
    )
    const expected = sandbox.state().virtualServers.map((server) => server.name)
    expect(listed.data.tenants.nodes.map((tenant) => tenant.name).toSorted()).toEqual(
      expected.toSorted(),
    )
  })
})
