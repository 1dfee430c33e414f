import { describe, expect, it } from 'vitest'
import { createSmallWorld, createTestClient, createTestSandbox } from './autotask-client.ts'

async function emptyWorld(options: Parameters<typeof createTestSandbox>[0] = {}) {
  const sandbox = await createTestSandbox({ empty: true, day: '2026-03-10', ...options })
  return { sandbox, client: createTestClient(sandbox) }
}

const ALL = { filter: [{ op: 'exist', field: 'id' }] }

describe('the zone lookup', () => {
  it('is open to everybody and answers with the address to use, in any case', async () => {
    const { sandbox, client } = await emptyWorld()
    const { url, userName } = sandbox.connection.autotask
    const user = encodeURIComponent(userName)
    for (const path of ['v1.0/zoneInformation', 'V1.0/ZoneInformation']) {
      const answer = await client.call('GET', `${url}${path}?user=${user}`, undefined, {})
      expect(answer).toMatchObject({ status: 200, json: { url } })
      expect(Object.keys(answer.json)).toEqual(['zoneName', 'url', 'webUrl', 'ci'])
    }
    expect(url).toMatch(/\/atservicesrest\/$/u)
  })

  it('is a server error for a user that nobody knows', async () => {
    const { client } = await emptyWorld()
    const answer = await client.call('GET', 'zoneInformation?user=somebody', undefined, {})
    expect(answer.status).toBe(500)
    expect(answer.json['errors']).toEqual(['Zone information could not be determined'])
  })
})

describe('credentials', () => {
  const broken: [string, Record<string, string>][] = [
    ['user name', { UserName: 'nobody' }],
    ['secret', { Secret: 'wrong' }],
    ['integration code', { ApiIntegrationCode: 'wrong' }],
  ]

  it.each(broken)('a wrong %s is 401 with an empty body', async (_name, wrong) => {
    const { client } = await emptyWorld()
    const headers = { ...client.headers, ...wrong }
    const answer = await client.call('POST', 'Companies/query', ALL, headers)
    expect(answer).toMatchObject({ status: 401, text: '' })
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic Realm="webservices/u)
    expect(answer.headers.get('content-length')).toBe('0')
  })

  it('header names and the path are read in any case', async () => {
    const { sandbox, client } = await emptyWorld()
    const { userName, secret, integrationCode } = sandbox.connection.autotask
    const headers = { username: userName, SECRET: secret, APIIntegrationcode: integrationCode }
    const address = sandbox.connection.autotask.url.replace('atservicesrest', 'ATServicesRest')
    const answer = await client.call('GET', `${address}v1.0/COMPANIES/5`, undefined, headers)
    expect(answer).toMatchObject({ status: 200, json: { item: null } })
  })

  it('answered differently in 2023, where the switch says so', async () => {
    const { client } = await emptyWorld({ switches: { authStatuses: 'old' } })
    const statuses = []
    for (const [, wrong] of broken) {
      const headers = { ...client.headers, ...wrong }
      statuses.push((await client.call('GET', 'Version', undefined, headers)).status)
    }
    expect(statuses).toEqual([500, 401, 500])
  })
})

describe('routes', () => {
  it('list a version that must not be used, which has no routes', async () => {
    const { sandbox, client } = await emptyWorld()
    const { url } = sandbox.connection.autotask
    const versions = await client.call('GET', `${url}VersionInformation`)
    expect(versions.json).toEqual({ apiVersions: ['V1.0', 'V2.0'] })
    expect((await client.call('GET', `${url}V2.0/zoneInformation?user=x`)).status).toBe(404)
  })

  it('answer loudly when nobody knows them, and are counted as unknown', async () => {
    const { sandbox, client } = await emptyWorld()
    const answer = await client.call('POST', 'Contacts/query', ALL)
    expect(answer.status).toBe(404)
    expect(answer.json['Message']).toContain('No HTTP resource was found')
    expect(sandbox.calls().byOperation).toEqual({ 'autotask.unknown': 1 })
  })

  it('say so when Autotask has them and the sandbox has not', async () => {
    const { client } = await emptyWorld()
    for (const path of ['Invoices/query', 'Contracts/5/Charges', 'Companies/5/invoiceSettings']) {
      expect((await client.call('GET', path)).status).toBe(501)
    }
  })

  it.each([
    ['PATCH', 'Companies/5'],
    ['PUT', 'Contracts/5'],
    ['DELETE', 'Contracts/5'],
    ['GET', 'ContractServiceAdjustments'],
    ['POST', 'ContractServiceUnits/5'],
    ['DELETE', 'Contracts/1/Services/5'],
  ])('%s %s is 405 with a message', async (method, path) => {
    const { client } = await emptyWorld()
    const answer = await client.call(method, path)
    expect(answer).toMatchObject({
      status: 405,
      json: { Message: `The requested resource does not support http method '${method}'.` },
    })
  })

  it('tell the version without any permission', async () => {
    const { client } = await emptyWorld({ switches: { deniedEntities: ['*'] } })
    const version = await client.call('GET', 'Version')
    expect(Object.values(version.json).every((value) => typeof value === 'string')).toBe(true)
  })
})

describe('metadata', () => {
  it('gives picklist values as strings, and creation-only fields as required and read-only', async () => {
    const { client } = await emptyWorld()
    const { json } = await client.call('GET', 'Contracts/entityInformation/fields')
    const fields = json['fields'] as Record<string, unknown>[]
    const type = fields.find((field) => field['name'] === 'contractType')
    expect(type).toMatchObject({ isRequired: true, isReadOnly: true, isPickList: true })
    expect(type?.['picklistValues']).toContainEqual(
      expect.objectContaining({ value: '7', label: 'Recurring Service' }),
    )
    expect(fields.find((field) => field['name'] === 'startDate')).toMatchObject({
      dataType: 'datetime',
      picklistValues: null,
    })
    const udf = await client.call('GET', 'Contracts/entityInformation/userDefinedFields')
    expect(udf.json).toEqual({ fields: [] })
  })

  it('tells what the user may do, entity by entity and for all at once', async () => {
    const { sandbox, client } = await emptyWorld()
    const read = async () =>
      (await client.call('GET', 'Contracts/1/ServiceAdjustments/entityInformation')).json['info']
    expect(await read()).toMatchObject({
      name: 'ContractServiceAdjustment',
      canQuery: false,
      canCreate: true,
      userAccessForCreate: 'All',
    })
    sandbox.setSwitches({ deniedEntities: ['contractServiceAdjustments'] })
    expect(await read()).toMatchObject({ canCreate: true, userAccessForCreate: 'None' })
    const all = await client.call('GET', 'EntityInformation')
    expect(all.json['entityDescriptions']).toHaveLength(12)
  })
})

describe('a missing permission', () => {
  it('shows as empty lists and refused writes', async () => {
    const { sandbox, client, adjust } = await createSmallWorld()
    sandbox.setSwitches({ deniedEntities: ['*'] })
    expect((await client.call('POST', 'Companies/query', ALL)).json['items']).toEqual([])
    const count = await client.call('POST', 'Companies/query/count', ALL)
    expect(count.json).toEqual({ queryCount: 0 })
    expect(await adjust({ unitChange: 1, effectiveDate: '2026-05-01' })).toMatchObject({
      status: 500,
      json: {
        errors: [
          'The logged in Resource does not have the adequate permissions to create this entity type.',
        ],
      },
    })
    sandbox.setSwitches({ deniedQuery: 'error' })
    expect((await client.call('POST', 'Companies/query', ALL)).status).toBe(500)
  })
})

describe('limits', () => {
  it('refuse the fourth simultaneous request for one entity, and none for another', async () => {
    const { sandbox, client } = await emptyWorld({ switches: { serviceTimeMs: 60 } })
    const ask = (entity: string) => client.call('POST', `${entity}/query`, ALL)
    const answers = await Promise.all([
      ask('Companies'),
      ask('Companies'),
      ask('Companies'),
      ask('Companies'),
      ask('Contracts'),
    ])
    const statuses = answers.map((answer) => answer.status)
    expect(statuses.slice(0, 4).toSorted((a, b) => a - b)).toEqual([200, 200, 200, 429])
    expect(statuses[4]).toBe(200)
    expect(answers.find((answer) => answer.status === 429)?.json['errors']).toEqual([
      'The Autotask API thread threshold of 3 threads has been exceeded.',
    ])
    expect(sandbox.calls()).toMatchObject({ rejected: 1, maxConcurrent: 4 })
    expect((await ask('Companies')).status).toBe(200)
  })

  it('count the requests of a rolling hour, and suspend the service at the threshold', async () => {
    const { sandbox, client } = await emptyWorld({
      switches: { requestThreshold: 5, serviceTimeMs: 0 },
    })
    for (let count = 1; count <= 3; count += 1) await client.call('GET', 'Version')
    const threshold = await client.call('GET', 'ThresholdInformation')
    expect(threshold.json).toEqual({
      externalRequestThreshold: 5,
      requestThresholdTimeframe: 60,
      currentTimeframeRequestCount: 4,
    })
    expect((await client.call('GET', 'Version')).status).toBe(200)
    const suspended = await client.call('GET', 'Version')
    expect(suspended.status).toBe(429)
    expect(Number(suspended.headers.get('retry-after'))).toBeGreaterThan(3_500)
    sandbox.passMinutes(61)
    expect((await client.call('GET', 'Version')).status).toBe(200)
    const after = await client.call('GET', 'ThresholdInformation')
    expect(after.json['currentTimeframeRequestCount']).toBe(2)
  })

  it('slow requests down from half of the threshold on, more from three quarters', async () => {
    const { sandbox, client } = await emptyWorld({
      switches: {
        requestThreshold: 8,
        serviceTimeMs: 0,
        thresholdLatency: true,
        thresholdStepMs: 40,
      },
    })
    for (let count = 1; count <= 7; count += 1) await client.call('GET', 'Version')
    const durations = sandbox.calls().log.map((call) => call.durationMs)
    expect(Math.max(...durations.slice(0, 3))).toBeLessThan(39)
    expect(Math.min(...durations.slice(3, 5))).toBeGreaterThanOrEqual(39)
    expect(Math.min(...durations.slice(5))).toBeGreaterThanOrEqual(79)
  })
})
