import type { TenantId } from '@trueup/core'
import { usageSourceSuite, type SourceSubject } from '@trueup/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/kit/databases.ts'
import {
  codesOf,
  importText,
  report,
  reportOf,
  storeReportIntegration,
  usageOf,
} from '../../../test/kit/reports.ts'
import { startTestApp, type TestApp } from '../../../test/kit/start-test-app.ts'
import { createStoredSource } from '../../../test/kit/stored-source.ts'

const endpoint = (quantity: number): object => ({
  application: 'Endpoint Cloud',
  unit: 'DEVICE',
  quantity,
})
const tenant = (name: string, ...applications: object[]): object => ({
  externalId: name.toLowerCase(),
  name,
  applications,
})

describe.each(databaseKinds)('usage that a program reports, on %s', (kind) => {
  let trueup: TestApp
  let count = 0
  beforeAll(async () => {
    trueup = await startTestApp(kind)
  })
  afterAll(() => trueup.close())

  const create = (): Promise<string> => {
    count += 1
    return storeReportIntegration(trueup, { name: `Reported ${count}` })
  }

  test('the same key with the same content is the same snapshot, in whatever order it is told', async () => {
    const id = await create()
    const first = await report(trueup, id, {
      clientKey: 'night 1',
      tenants: [tenant('Northwind', endpoint(3)), tenant('Contoso', endpoint(4))],
    })
    expect(first).toMatchObject({ isRepeated: false, problems: [], import: { companies: 2 } })
    const again = await report(trueup, id, {
      clientKey: 'night 1',
      tenants: [tenant('Contoso', endpoint(4)), tenant('Northwind', endpoint(3))],
    })
    expect(again).toMatchObject({ isRepeated: true, import: { id: first.import?.id } })
  })

  test('the same key with other content is refused, and what was there stays', async () => {
    const id = await create()
    await report(trueup, id, { clientKey: 'k', tenants: [tenant('A', endpoint(3))] })
    const other = await report(trueup, id, { clientKey: 'k', tenants: [tenant('A', endpoint(4))] })
    expect(codesOf(other)).toEqual(['CLIENT_KEY_USED'])
    const otherDay = await report(trueup, id, {
      clientKey: 'k',
      usageDay: '2026-03-14',
      tenants: [tenant('A', endpoint(3))],
    })
    expect(codesOf(otherDay)).toEqual(['CLIENT_KEY_USED'])
    expect(await usageOf(trueup, id)).toEqual(['A / Endpoint Cloud: 3'])
  })

  test('a workspace keeps its place when it is renamed, and is gone when it is left out', async () => {
    const id = await create()
    const both = [tenant('A', endpoint(3)), tenant('B', endpoint(1))]
    await report(trueup, id, { clientKey: '1', tenants: both })
    const renamed = { externalId: 'a', name: 'A renamed', applications: [endpoint(3)] }
    const left = await report(trueup, id, { clientKey: '2', tenants: [renamed] })
    expect(codesOf(left)).toEqual([])
    expect(await usageOf(trueup, id)).toEqual(['A renamed / Endpoint Cloud: 3', 'B: gone'])
    const empty = await report(trueup, id, { clientKey: '3', tenants: [] })
    expect(codesOf(empty)).toEqual(['REPORTED_USAGE_INVALID'])
  })

  test('an application that is left out of a complete workspace is not used any more', async () => {
    const id = await create()
    await report(trueup, id, { clientKey: '1', tenants: [tenant('A', endpoint(3))] })
    await report(trueup, id, { clientKey: '2', tenants: [tenant('A')] })
    expect(await usageOf(trueup, id)).toEqual([])
  })

  test.each([
    ['two of one id', [tenant('A'), tenant('a')], 'tenants[1].externalId'],
    ['an application twice', [tenant('A', endpoint(1), endpoint(2))], 'tenants[0].applications[1]'],
    ['a negative number', [tenant('A', endpoint(-1))], 'tenants[0].applications[0].quantity'],
    [
      'categories that do not add up',
      [tenant('A', { ...endpoint(3), byCategory: { windowsServers: 2 } })],
      'tenants[0].applications[0].byCategory',
    ],
    [
      'two units of one application',
      [tenant('A', endpoint(3)), tenant('B', { ...endpoint(3), unit: 'USER' })],
      'tenants[1].applications[0].unit',
    ],
    ['no name', [{ externalId: 'x', name: ' ' }], 'tenants[0].name'],
    [
      'an incomplete one with counts',
      [{ ...tenant('A', endpoint(1)), incompleteReason: 'AWAY' }],
      'tenants[0].applications',
    ],
    [
      'a reason in prose',
      [{ externalId: 'x', name: 'X', incompleteReason: 'away' }],
      'tenants[0].incompleteReason',
    ],
  ])('%s is refused by the path of the field', async (_what, tenants, path) => {
    const id = await create()
    const { problems } = await report(trueup, id, { clientKey: 'k', tenants })
    expect(problems.map(({ code, message }) => [code, message.split(':')[0]])).toEqual([
      ['REPORTED_USAGE_INVALID', path],
    ])
  })

  test('a token for automation may report and a reader may not', async () => {
    const id = await create()
    const tokenOf = async (role: string): Promise<string> => {
      const { data } = await trueup.ask<{ createApiToken: { secret: string } }>(
        `mutation { createApiToken(input: { name: "${role}", role: ${role} }) { secret } }`,
      )
      return data.createApiToken.secret
    }
    const send = (token: string): ReturnType<TestApp['ask']> =>
      trueup.ask(
        `mutation { reportUsage(integrationId: "${id}", input: { clientKey: "k", tenants: [{ externalId: "a", name: "A" }] }) {
          import { actor } problems { code } } }`,
        {},
        { token },
      )
    expect((await send(await tokenOf('READER'))).errors[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await send(await tokenOf('AUTOMATION'))).data).toEqual({
      reportUsage: { import: { actor: 'token AUTOMATION' }, problems: [] },
    })
  })
})

/** Reports anew before each reading, with one workspace incomplete once it is broken. */
async function openReported(): Promise<SourceSubject> {
  const trueup = await startTestApp('sqlite')
  const id = await storeReportIntegration(trueup)
  const broken = new Set<string>()
  let reports = 0
  const hand = async (): Promise<void> => {
    reports += 1
    const names = ['Northwind', 'Contoso']
    const { problems } = await report(trueup, id, {
      clientKey: `report ${reports}`,
      tenants: names.map((name) =>
        broken.has(name.toLowerCase())
          ? { externalId: name.toLowerCase(), name, incompleteReason: 'SOURCE_AWAY' }
          : tenant(name, endpoint(4), {
              application: 'Mail',
              unit: 'MAILBOX',
              quantity: name === 'Northwind' ? 9 : 0,
              keys: ['K-2', 'K-1', 'K-2'],
            }),
      ),
    })
    expect(problems).toEqual([])
  }
  return {
    source: createStoredSource(trueup, id, hand),
    truth: { tenant: 'northwind' as TenantId, quantities: { 'Endpoint Cloud': 4, Mail: 9 } },
    breakTenant: async (name) => void broken.add(name),
    close: () => trueup.close(),
  }
}

/** Imports a report before each reading, with one company's rows wrong once it is broken. */
async function openImported(): Promise<SourceSubject> {
  const trueup = await startTestApp('sqlite')
  const id = await storeReportIntegration(trueup)
  const broken = new Set<string>()
  const hand = async (): Promise<void> => {
    const rows = ['Northwind', 'Contoso'].flatMap((name) => [
      [name, 'Endpoint Cloud', broken.has(name) ? 'lots' : 4] as const,
      [name, 'Endpoint Cloud Plus', 5] as const,
    ])
    const file = reportOf('2026-03-15', ...rows)
    const { problems } = await importText(trueup, id, file, { acceptRowsWithProblems: true })
    expect(problems).toEqual([])
  }
  return {
    source: createStoredSource(trueup, id, hand),
    truth: {
      tenant: 'Northwind' as TenantId,
      quantities: { 'Endpoint Cloud': 4, 'Endpoint Cloud Plus': 5 },
    },
    breakTenant: async (name) => void broken.add(name),
    close: () => trueup.close(),
  }
}

describe.each([
  ['usage that a program reports', openReported],
  ['an imported licence report', openImported],
])('%s keeps the promises of a usage source once it is stored', (_what, open) => {
  test.each(usageSourceSuite(open))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})
