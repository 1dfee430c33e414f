import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/kit/databases.ts'
import {
  readEverything,
  type Listed,
  type ListedAccount,
  type ListedTenant,
} from '../../../test/kit/read-everything.ts'
import { connectionsOf, startPractice, type Practice } from '../../../test/kit/start-practice.ts'
import { createIntegration } from '../../../test/kit/store-integration.ts'

interface Problem {
  code: string
  message: string
  subject: { kind: string; id: string }
  facts: { name: string; value: string | null }[]
}

interface Saved {
  mappings: { version: number; billingEnabled: boolean; account: { name: string } | null }[] | null
  problems: Problem[]
}

const RESULT = `
  {
    mappings {
      version
      billingEnabled
      account {
        name
      }
    }
    problems {
      code
      message
      subject {
        kind
        id
      }
      facts {
        name
        value
      }
    }
  }
`
const SAVE = `mutation($integrationId: ID!, $rows: [AccountMappingInput!]!) {
  saveAccountMappings(integrationId: $integrationId, rows: $rows) ${RESULT} }`

describe.each(databaseKinds)('mapping tenants to accounts, on %s', (kind) => {
  let practice: Practice
  let listed: Listed
  beforeAll(async () => {
    practice = await startPractice(kind)
    practice.sandbox.hand.addContract({
      companyID: practice.sandbox.hand.addAccount({ companyName: 'Later Ltd' }).id,
      contractName: 'Next year',
      startDate: '2027-01-01' as never,
      endDate: '2027-12-31' as never,
    })
    await readDirectory(practice)
  })
  afterAll(() => practice.close())
  beforeEach(async () => {
    listed = await readEverything(practice)
    await save(listed.tenants.map((_tenant, index) => row(index, {})))
    await unmapApplications(practice, listed)
    listed = await readEverything(practice)
  })

  const save = async (rows: readonly object[]): Promise<Saved> => {
    const { integrationId, trueup } = practice
    const answer = await trueup.ask<{ saveAccountMappings: Saved }>(SAVE, { integrationId, rows })
    expect(answer.errors).toEqual([])
    return answer.data.saveAccountMappings
  }
  const tenant = (index: number): ListedTenant => at(listed.tenants, index)
  const next = (index: number): number => tenant(index).mapping.version + 1
  const row = (index: number, changes: object): object => ({
    tenantId: tenant(index).id,
    version: tenant(index).mapping.version,
    billingEnabled: false,
    ...changes,
  })
  const billable = (index: number): ListedAccount =>
    at(
      listed.accounts.filter((account) =>
        account.contracts.some((contract) => contract.unavailableBecause === null),
      ),
      index,
    )
  const goodContract = (account: ListedAccount): string =>
    account.contracts.find((contract) => contract.unavailableBecause === null)?.id ?? ''
  const mapAnyApplication = async (): Promise<void> => {
    const service = listed.services.find((candidate) => candidate.isActive)
    await practice.trueup.ask(
      'mutation($i: ID!, $rows: [ServiceMappingInput!]!) { saveServiceMappings(integrationId: $i, rows: $rows) { problems { code } } }',
      {
        i: practice.integrationId,
        rows: [{ applicationId: at(listed.applications, 0).id, serviceId: service?.id }],
      },
    )
  }

  test('a saved row has its account, a higher version, and stands in the activity log', async () => {
    const account = billable(0)
    const saved = await save([row(0, { accountId: account.id })])
    expect(saved).toEqual({
      mappings: [
        {
          version: tenant(0).mapping.version + 1,
          billingEnabled: false,
          account: { name: account.name },
        },
      ],
      problems: [],
    })
    const log = await practice.trueup.ask<{
      activities: {
        nodes: { actor: string; subject: { name: string }; before: string; after: string }[]
      }
    }>(
      '{ activities(first: 1, filter: { action: ["ACCOUNT_MAPPING_CHANGED"] }) { nodes { actor subject { name } before after } } }',
    )
    const [entry] = log.data.activities.nodes
    expect(entry).toMatchObject({
      actor: 'token TRUEUP_ADMIN_TOKEN',
      subject: { name: tenant(0).name },
    })
    expect(JSON.parse(entry?.before ?? '')).toMatchObject({ account: null })
    expect(JSON.parse(entry?.after ?? '')).toMatchObject({ account: account.name })
  })

  test('two tenants on one account in one save are refused, and the holder is named', async () => {
    const account = billable(0)
    const saved = await save([row(0, { accountId: account.id }), row(1, { accountId: account.id })])
    expect(saved.mappings).toBeNull()
    expect(saved.problems).toEqual([
      expect.objectContaining({
        code: 'ACCOUNT_TAKEN',
        subject: { kind: 'FIELD', id: 'rows[1].accountId' },
        message: expect.stringContaining(tenant(0).name) as unknown,
      }),
    ])
    expect(factsOf(saved.problems[0])).toMatchObject({
      row: '1',
      field: 'accountId',
      tenantId: tenant(1).id,
      holderTenantName: tenant(0).name,
    })
    expect(
      (await readEverything(practice)).tenants.every((one) => one.mapping.account === null),
    ).toBe(true)
  })

  test('an account that another tenant holds is refused and stays where it is', async () => {
    const account = billable(0)
    await save([row(0, { accountId: account.id })])
    const saved = await save([
      row(1, { accountId: account.id }),
      row(2, { accountId: billable(1).id }),
    ])
    expect(saved.problems.map((problem) => problem.code)).toEqual(['ACCOUNT_TAKEN'])
    const now = await readEverything(practice)
    expect(now.accounts.find((one) => one.id === account.id)?.takenBy).toEqual({
      name: tenant(0).name,
    })
    expect(now.tenants.filter((one) => one.mapping.account !== null)).toHaveLength(1)
  })

  test('of two saves at once that want one account, one is stored and the other is told who holds it', async () => {
    const account = billable(0)
    const results = await Promise.all(
      [0, 1, 2, 3].map((index) =>
        save([
          row(index, { accountId: account.id }),
          row(index + 4, { accountId: billable(index + 1).id }),
        ]),
      ),
    )
    const stored = results.filter((result) => result.mappings !== null)
    const refused = results.filter((result) => result.mappings === null)
    expect(stored).toHaveLength(1)
    expect(refused.map((result) => result.problems.map((problem) => problem.code))).toEqual([
      ['ACCOUNT_TAKEN'],
      ['ACCOUNT_TAKEN'],
      ['ACCOUNT_TAKEN'],
    ])
    const mapped = (await readEverything(practice)).tenants.filter(
      (one) => one.mapping.account !== null,
    )
    expect(mapped).toHaveLength(2)
    const winner = mapped.find((one) => one.mapping.account?.id === account.id)
    expect(factsOf(refused[0]?.problems[0])['holderTenantName']).toBe(winner?.name)
  })

  test('two tenants swap their accounts in one save', async () => {
    const [first, second] = [billable(0), billable(1)]
    await save([row(0, { accountId: first.id }), row(1, { accountId: second.id })])
    const saved = await save([
      row(0, { version: next(0), accountId: second.id }),
      row(1, { version: next(1), accountId: first.id }),
    ])
    expect(saved.problems).toEqual([])
    expect(saved.mappings?.map((mapping) => mapping.account?.name)).toEqual([
      second.name,
      first.name,
    ])
  })

  test('a save by a version that is out of date is refused', async () => {
    await save([row(0, { accountId: billable(0).id })])
    const saved = await save([row(0, { accountId: billable(1).id })])
    expect(saved.problems.map((problem) => problem.code)).toEqual(['STALE_VERSION'])
    expect(factsOf(saved.problems[0])).toMatchObject({
      saved: String(tenant(0).mapping.version),
      current: String(next(0)),
    })
  })

  test('a row that is as wanted already keeps its version', async () => {
    await save([row(0, { accountId: billable(0).id })])
    const saved = await save([row(0, { version: next(0), accountId: billable(0).id })])
    expect(saved.mappings?.[0]?.version).toBe(next(0))
  })

  test('billing needs an account, a contract and a service mapping, and says so all at once', async () => {
    const saved = await save([row(0, { billingEnabled: true })])
    expect(saved.problems.map((problem) => problem.code)).toEqual([
      'BILLING_NEEDS_ACCOUNT',
      'BILLING_NEEDS_CONTRACT',
      'BILLING_NEEDS_SERVICE_MAPPING',
    ])
  })

  test('billing is switched on with an account, its contract and any service mapping', async () => {
    await mapAnyApplication()
    const account = billable(0)
    const wanted = {
      accountId: account.id,
      contractId: goodContract(account),
      billingEnabled: true,
    }
    const saved = await save([row(0, wanted)])
    expect(saved.problems).toEqual([])
    expect(saved.mappings?.[0]?.billingEnabled).toBe(true)
  })

  test('a contract that cannot be billed on is refused with its own reason', async () => {
    await mapAnyApplication()
    const unavailable = (reason: string): { account: ListedAccount; contractId: string } | null => {
      for (const account of listed.accounts)
        for (const contract of account.contracts)
          if (contract.unavailableBecause === reason) return { account, contractId: contract.id }
      return null
    }
    const expected = {
      NOT_RECURRING_SERVICE: 'CONTRACT_NOT_RECURRING',
      ENDED: 'CONTRACT_ENDED',
      NOT_STARTED: 'CONTRACT_NOT_STARTED',
    }
    const tried: string[] = []
    for (const [reason, code] of Object.entries(expected)) {
      const found = unavailable(reason)
      if (found === null) continue
      const { account, contractId } = found
      const wanted = { accountId: account.id, contractId, billingEnabled: true }
      const saved = await save([row(0, wanted)])
      expect(saved.problems.map((problem) => problem.code)).toEqual([code])
      tried.push(reason)
    }
    expect(tried).toEqual(Object.keys(expected))
  })

  test("another account's contract, an unknown one, and one without an account are refused", async () => {
    const [mine, other] = [billable(0), billable(1)]
    const codes = async (changes: object): Promise<string[]> =>
      (await save([row(0, changes)])).problems.map((problem) => problem.code)
    expect(await codes({ accountId: mine.id, contractId: goodContract(other) })).toEqual([
      'CONTRACT_OF_ANOTHER_ACCOUNT',
    ])
    expect(await codes({ accountId: mine.id, contractId: 'none' })).toEqual(['CONTRACT_NOT_FOUND'])
    expect(await codes({ contractId: goodContract(mine) })).toEqual(['CONTRACT_NEEDS_ACCOUNT'])
    expect(await codes({ accountId: 'none' })).toEqual(['ACCOUNT_NOT_FOUND'])
  })

  test('unknown and repeated tenants are refused by row', async () => {
    const saved = await save([
      row(0, {}),
      row(0, {}),
      { tenantId: 'none', version: 1, billingEnabled: false },
    ])
    expect(saved.problems.map((problem) => [problem.code, problem.subject.id])).toEqual([
      ['ROW_REPEATED', 'rows[1].tenantId'],
      ['TENANT_NOT_FOUND', 'rows[2].tenantId'],
    ])
  })

  test('an account of another integration does not exist for this one', async () => {
    const { trueup, sandbox } = practice
    const otherId = await createIntegration(trueup, { name: 'Other', ...connectionsOf(sandbox) })
    await readDirectory({ ...practice, integrationId: otherId })
    const foreign = await readEverything({ ...practice, integrationId: otherId })
    const saved = await save([row(0, { accountId: at(foreign.accounts, 0).id })])
    expect(saved.problems.map((problem) => problem.code)).toEqual(['ACCOUNT_NOT_FOUND'])
  })

  test('switching and removing one mapping follow the same rules', async () => {
    await mapAnyApplication()
    const account = billable(0)
    await save([row(0, { accountId: account.id })])
    const { trueup } = practice
    const setBilling = (args: string): Promise<{ data: { setBilling: Saved } }> =>
      trueup.ask(`mutation { setBilling(tenantId: "${tenant(0).id}", ${args}) ${RESULT} }`)
    const refused = await setBilling(`version: ${next(0)}, billingEnabled: true`)
    expect(
      refused.data.setBilling.problems.map((problem) => [problem.code, problem.subject.id]),
    ).toEqual([['BILLING_NEEDS_CONTRACT', 'contractId']])
    const on = await setBilling(
      `version: ${next(0)}, billingEnabled: true, contractId: "${goodContract(account)}"`,
    )
    expect(on.data.setBilling.mappings?.[0]).toMatchObject({
      version: next(0) + 1,
      billingEnabled: true,
    })
    const removed = await trueup.ask<{ removeAccountMapping: Saved }>(
      `mutation { removeAccountMapping(tenantId: "${tenant(0).id}", version: ${next(0) + 1}) ${RESULT} }`,
    )
    expect(removed.data.removeAccountMapping.mappings).toEqual([
      { version: next(0) + 2, billingEnabled: false, account: null },
    ])
  })
})

async function readDirectory({ trueup, integrationId }: Practice): Promise<void> {
  const answer = await trueup.ask<{ readDirectory: { problems: object[] } }>(
    'mutation($id: ID!) { readDirectory(integrationId: $id) { problems { code message } } }',
    { id: integrationId },
  )
  expect(answer.data.readDirectory.problems).toEqual([])
}

async function unmapApplications(practice: Practice, { applications }: Listed): Promise<void> {
  const rows = applications.flatMap(({ id, mappings }) =>
    mappings.map(({ version, category }) => ({ applicationId: id, version, category })),
  )
  await practice.trueup.ask(
    'mutation($i: ID!, $rows: [ServiceMappingInput!]!) { saveServiceMappings(integrationId: $i, rows: $rows) { problems { code } } }',
    { i: practice.integrationId, rows },
  )
}

function factsOf(problem: Problem | undefined): Record<string, string | null> {
  return Object.fromEntries(problem?.facts.map((fact) => [fact.name, fact.value]) ?? [])
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index]
  if (item === undefined) throw new Error(`there is no item ${index} of ${items.length}`)
  return item
}
