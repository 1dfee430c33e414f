import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/kit/databases.ts'
import {
  readEverything,
  type Listed,
  type ListedApplication,
} from '../../../test/kit/read-everything.ts'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'

interface Saved {
  mappings: { category: string | null; service: { id: string } }[] | null
  problems: { code: string; subject: { id: string } }[]
}

const SAVE = /* GraphQL */ `
  mutation ($integrationId: ID!, $rows: [ServiceMappingInput!]!) {
    saveServiceMappings(integrationId: $integrationId, rows: $rows) {
      mappings {
        category
        service {
          id
        }
      }
      problems {
        code
        subject {
          id
        }
      }
    }
  }
`

const SWITCH = /* GraphQL */ `
  mutation ($integrationId: ID!, $version: Int!, $enabled: Boolean!) {
    setBillDevicesByCategory(integrationId: $integrationId, version: $version, enabled: $enabled) {
      integration {
        billDevicesByCategory
      }
      problems {
        code
      }
    }
  }
`

describe.each(databaseKinds)('mapping applications to services, on %s', (kind) => {
  let practice: Practice
  let listed: Listed
  beforeAll(async () => {
    practice = await startPractice(kind)
    await practice.trueup.ask(
      'mutation($id: ID!) { readDirectory(integrationId: $id) { problems { code } } }',
      { id: practice.integrationId },
    )
  })
  afterAll(() => practice.close())
  beforeEach(async () => {
    await turn(false)
    listed = await readEverything(practice)
    const rows = listed.applications.flatMap(({ id, mappings }) =>
      mappings.map(({ version, category }) => ({ applicationId: id, version, category })),
    )
    await save(rows)
    listed = await readEverything(practice)
  })

  const save = async (rows: readonly object[]): Promise<Saved> => {
    const { integrationId, trueup } = practice
    const answer = await trueup.ask<{ saveServiceMappings: Saved }>(SAVE, { integrationId, rows })
    expect(answer.errors).toEqual([])
    return answer.data.saveServiceMappings
  }
  const codes = async (row: object): Promise<string[]> =>
    (await save([row])).problems.map((problem) => problem.code)
  const turn = async (enabled: boolean): Promise<void> => {
    const { integrationId, trueup } = practice
    const { data } = await trueup.ask<{ integration: { version: number } }>(
      'query($id: ID!) { integration(id: $id) { version } }',
      { id: integrationId },
    )
    const { version } = data.integration
    const answer = await trueup.ask<{ setBillDevicesByCategory: { problems: object[] } }>(SWITCH, {
      integrationId,
      version,
      enabled,
    })
    expect(answer.data.setBillDevicesByCategory.problems).toEqual([])
  }
  const deviceApplication = (): ListedApplication => {
    const application = listed.applications.find((one) => one.canSplit)
    if (application === undefined) throw new Error('the practice world has device applications')
    return application
  }
  const service = (index: number): string =>
    listed.services.filter((one) => one.isActive)[index]?.id ?? ''
  const now = async (): Promise<ListedApplication | undefined> =>
    (await readEverything(practice)).applications.find((one) => one.id === deviceApplication().id)

  test('an application is mapped, mapped anew, and unmapped', async () => {
    const applicationId = deviceApplication().id
    const first = await save([{ applicationId, serviceId: service(0) }])
    expect(first).toEqual({
      mappings: [{ category: null, service: { id: service(0) } }],
      problems: [],
    })
    const second = await save([{ applicationId, version: 1, serviceId: service(1) }])
    expect(second.mappings).toEqual([{ category: null, service: { id: service(1) } }])
    const third = await save([{ applicationId, version: 2, serviceId: null }])
    expect(third.mappings).toEqual([])
  })

  test('an unmapped application comes before mapped ones', async () => {
    const [first, second] = listed.applications
    await save([{ applicationId: first?.id, serviceId: service(0) }])
    const names = (await readEverything(practice)).applications.map((one) => one.name)
    expect(names[0]).toBe(second?.name)
    expect(names.at(-1)).toBe(first?.name)
  })

  test('a mapping that somebody else made or changed meanwhile is not overwritten', async () => {
    const applicationId = deviceApplication().id
    await save([{ applicationId, serviceId: service(0) }])
    expect(await codes({ applicationId, serviceId: service(1) })).toEqual(['STALE_VERSION'])
    expect(await codes({ applicationId, version: 7, serviceId: null })).toEqual(['STALE_VERSION'])
  })

  test('of two saves at once of one new mapping, one is stored and the other is out of date', async () => {
    const applicationId = deviceApplication().id
    const results = await Promise.all(
      [0, 1, 2].map((index) => save([{ applicationId, serviceId: service(index) }])),
    )
    expect(results.flatMap((result) => result.problems.map((problem) => problem.code))).toEqual([
      'STALE_VERSION',
      'STALE_VERSION',
    ])
    expect((await now())?.mappings).toHaveLength(1)
  })

  test('rows that cannot be right are refused, all of them at once', async () => {
    const applicationId = deviceApplication().id
    const counting = { basis: 'CURRENT', includedUnits: -1, minimumUnits: -1 }
    const saved = await save([
      { applicationId, serviceId: service(0), counting },
      { applicationId, serviceId: service(1) },
      { applicationId: 'none', serviceId: service(0) },
      {
        applicationId: listed.applications.find((one) => one.id !== applicationId)?.id,
        serviceId: 'none',
      },
    ])
    expect(saved.mappings).toBeNull()
    expect(saved.problems.map((problem) => [problem.code, problem.subject.id])).toEqual([
      ['COUNTING_NEGATIVE', 'rows[0].counting.includedUnits'],
      ['COUNTING_NEGATIVE', 'rows[0].counting.minimumUnits'],
      ['ROW_REPEATED', 'rows[1].applicationId'],
      ['APPLICATION_NOT_FOUND', 'rows[2].applicationId'],
      ['SERVICE_NOT_FOUND', 'rows[3].serviceId'],
    ])
    expect((await now())?.mappings).toEqual([])
  })

  test('an inactive service cannot be chosen', async () => {
    const inactive = listed.services.find((one) => !one.isActive)
    expect(inactive).toBeDefined()
    expect(await codes({ applicationId: deviceApplication().id, serviceId: inactive?.id })).toEqual(
      ['SERVICE_INACTIVE'],
    )
  })

  test('a category is asked for exactly while devices are billed by category', async () => {
    const applicationId = deviceApplication().id
    const row = { applicationId, serviceId: service(0) }
    expect(await codes({ ...row, category: 'WINDOWS_SERVER' })).toEqual(['CATEGORY_NOT_ALLOWED'])
    await turn(true)
    expect(await codes(row)).toEqual(['CATEGORY_NEEDED'])
    expect(await codes({ ...row, category: 'WINDOWS_SERVER' })).toEqual([])
  })

  test('turning billing by category on keeps the single mapping as the proposal', async () => {
    const applicationId = deviceApplication().id
    await save([{ applicationId, serviceId: service(0) }])
    await turn(true)
    expect(await now()).toMatchObject({ mappings: [], proposedService: { id: service(0) } })
    await turn(false)
    expect((await now())?.mappings).toMatchObject([{ category: null, service: { id: service(0) } }])
  })

  test("turning it off keeps the workstation's mapping as the single one", async () => {
    const applicationId = deviceApplication().id
    await save([{ applicationId, serviceId: service(0) }])
    await turn(true)
    const categories = ['WINDOWS_WORKSTATION', 'WINDOWS_SERVER', 'NON_WINDOWS']
    await save(
      categories.map((category, index) => ({
        applicationId,
        category,
        serviceId: service(index + 1),
      })),
    )
    expect((await now())?.mappings.map((mapping) => mapping.category)).toEqual(categories)
    await turn(false)
    expect(await now()).toMatchObject({
      mappings: [{ category: null, service: { id: service(1) } }],
      proposedService: null,
    })
  })
})
