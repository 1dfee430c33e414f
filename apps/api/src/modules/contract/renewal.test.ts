import { afterEach, expect, test } from 'vitest'
import { mapCustomers } from '../../../test/kit/map-customers.ts'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'

let practice: Practice
afterEach(() => practice.close())

interface Mapping {
  readonly version: number
  readonly account: { readonly id: string }
  readonly contract: {
    readonly externalId: string
    readonly unavailableBecause: string | null
    readonly renewedAs: { readonly id: string; readonly externalId: string } | null
  }
}

interface Run {
  readonly findings: { readonly nodes: readonly { code: string; tenant: { id: string } | null }[] }
}

async function runNow(): Promise<Run> {
  const { data } = await practice.trueup.ask<{ runNow: { run: Run } }>(
    `mutation ($id: ID!) { runNow(integrationId: $id, wait: true) {
      run { findings(first: 200) { nodes { code tenant { id } } } } } }`,
    { id: practice.integrationId },
  )
  return data.runNow.run
}

async function readMapping(tenantId: string): Promise<Mapping> {
  const { data } = await practice.trueup.ask<{ tenant: { mapping: Mapping } }>(
    `query ($id: ID!) { tenant(id: $id) { mapping { version account { id }
      contract { externalId unavailableBecause renewedAs { id externalId } } } } }`,
    { id: tenantId },
  )
  return data.tenant.mapping
}

test('a contract that was renewed under a new id is found, proposed, and billed on once a person agrees', async () => {
  practice = await startPractice('sqlite', { seed: 3, switches: { serviceTimeMs: 0 } })
  const { trueup, sandbox, integrationId } = practice
  const [customer] = await mapCustomers(practice)
  if (customer === undefined) throw new Error('there is no customer')
  await runNow()
  sandbox.hand.endContract({ contractID: customer.contract, endDate: '2026-04-02' })
  const renewed = sandbox.hand.renewContract({ contractID: customer.contract })
  await trueup.ask('mutation { advancePracticeDay(days: 20) { ok } }')
  await trueup.ask(
    'mutation ($id: ID!) { readDirectory(integrationId: $id) { problems { code } } }',
    { id: integrationId },
  )

  const { findings } = await runNow()
  expect(
    findings.nodes.filter(({ tenant }) => tenant?.id === customer.tenantId).map(({ code }) => code),
  ).toContain('CONTRACT_RENEWED')
  const mapping = await readMapping(customer.tenantId)
  expect(mapping.contract).toMatchObject({
    externalId: String(customer.contract),
    unavailableBecause: 'ENDED',
    renewedAs: { externalId: String(renewed.id) },
  })

  const saved = await trueup.ask<{ saveAccountMappings: { problems: object[] } }>(
    `mutation ($id: ID!, $rows: [AccountMappingInput!]!) {
      saveAccountMappings(integrationId: $id, rows: $rows) { problems { code } } }`,
    {
      id: integrationId,
      rows: [
        {
          tenantId: customer.tenantId,
          version: mapping.version,
          accountId: mapping.account.id,
          billingEnabled: true,
          contractId: mapping.contract.renewedAs?.id,
        },
      ],
    },
  )
  expect(saved.data.saveAccountMappings.problems).toEqual([])
  const again = await runNow()
  expect(
    again.findings.nodes
      .filter(({ tenant }) => tenant?.id === customer.tenantId)
      .map(({ code }) => code),
  ).not.toContain('CONTRACT_RENEWED')
  expect((await readMapping(customer.tenantId)).contract).toMatchObject({
    externalId: String(renewed.id),
    unavailableBecause: null,
    renewedAs: null,
  })
})
