import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/kit/databases.ts'
import { startTestApp, type TestApp } from '../../../test/kit/start-test-app.ts'
import { CONNECTIONS_TO_NOWHERE, storeIntegration } from '../../../test/kit/store-integration.ts'

interface Result {
  integration: { id: string; version: number; name: string; timeZone: string } | null
  problems: { code: string; subject: { id: string } }[]
}

const RESULT = 'integration { id version name timeZone } problems { code subject { id } }'
const CREATE = `mutation($input: CreateIntegrationInput!) { createIntegration(input: $input) { ${RESULT} } }`
const UPDATE = `mutation($id: ID!, $version: Int!, $input: UpdateIntegrationInput!) {
  updateIntegration(id: $id, version: $version, input: $input) { ${RESULT} } }`

describe.each(databaseKinds)('integrations, on %s', (kind) => {
  let trueup: TestApp
  beforeAll(async () => {
    trueup = await startTestApp(kind)
  })
  afterAll(() => trueup.close())

  const create = async (changes: object): Promise<Result> => {
    const input = { name: 'New', ...CONNECTIONS_TO_NOWHERE, ...changes }
    return (await trueup.ask<{ createIntegration: Result }>(CREATE, { input })).data
      .createIntegration
  }
  const update = async (id: string, version: number, input: object): Promise<Result> =>
    (await trueup.ask<{ updateIntegration: Result }>(UPDATE, { id, version, input })).data
      .updateIntegration
  const codes = (result: Result): string[] => result.problems.map((problem) => problem.code)

  test('every fault of a new integration is told at once, by its field', async () => {
    const { autotask, securityCenter } = CONNECTIONS_TO_NOWHERE
    const result = await create({
      name: ' ',
      timeZone: 'Europe/Atlantis',
      dailyRunHour: 24,
      autotask: { ...autotask, secret: '', url: 'http://autotask.example' },
      securityCenter: { ...securityCenter, url: 'ksc.example', certificateSha256: 'AB' },
    })
    expect(result.integration).toBeNull()
    expect(result.problems.map((problem) => [problem.code, problem.subject.id])).toEqual([
      ['INTEGRATION_NAME_INVALID', 'input.name'],
      ['TIME_ZONE_UNKNOWN', 'input.timeZone'],
      ['RUN_HOUR_OUT_OF_RANGE', 'input.dailyRunHour'],
      ['VALUE_MISSING', 'input.autotask.secret'],
      ['URL_INVALID', 'input.autotask.url'],
      ['URL_INVALID', 'input.securityCenter.url'],
      ['FINGERPRINT_INVALID', 'input.securityCenter.certificateSha256'],
    ])
  })

  test('a name is taken whatever its upper and lower case', async () => {
    const first = await create({ name: 'Ärzte' })
    expect(codes(first)).toEqual([])
    expect(codes(await create({ name: 'ÄRZTE' }))).toEqual(['INTEGRATION_NAME_TAKEN'])
    const other = await create({ name: 'Apotheken' })
    expect(codes(await update(other.integration?.id ?? '', 1, { name: 'ärzte ' }))).toEqual([
      'INTEGRATION_NAME_TAKEN',
    ])
  })

  test('what is left out of a change stays, and the version goes up', async () => {
    const id = await storeIntegration(trueup, 'Stays')
    const changed = await update(id, 1, { dailyRunHour: 5, approvalMode: 'MANUAL' })
    expect(changed.integration).toEqual({
      id,
      version: 2,
      name: 'Stays',
      timeZone: 'Europe/Berlin',
    })
    const { data } = await trueup.ask<{ integration: object }>(
      `{ integration(id: "${id}") { dailyRunHour approvalMode autotask { userName hasSecret }
         securityCenter { url hasPassword certificateSha256 } brakes { lineUnits holdDropToZero } today } }`,
    )
    expect(data.integration).toEqual({
      dailyRunHour: 5,
      approvalMode: 'MANUAL',
      autotask: { userName: 'api@customer.example', hasSecret: true },
      securityCenter: {
        url: 'https://ksc.example:13299',
        hasPassword: true,
        certificateSha256: 'ab'.repeat(32),
      },
      brakes: { lineUnits: null, holdDropToZero: false },
      today: '2026-03-15',
    })
  })

  test('of two changes at once, one is stored and the other is out of date', async () => {
    const id = await storeIntegration(trueup, 'Contested')
    const results = await Promise.all(
      [4, 5, 6].map((dailyRunHour) => update(id, 1, { dailyRunHour })),
    )
    expect(results.filter((result) => result.integration !== null)).toHaveLength(1)
    expect(results.flatMap(codes)).toEqual(['STALE_VERSION', 'STALE_VERSION'])
    expect(codes(await update('none', 1, {}))).toEqual(['INTEGRATION_NOT_FOUND'])
  })

  test('a stored secret is never sent to another address without being typed again', async () => {
    const id = await storeIntegration(trueup, 'Redirected')
    const elsewhere = { url: 'https://evil.example/' }
    expect(codes(await update(id, 1, { autotask: elsewhere }))).toEqual(['SECRET_REQUIRED'])
    expect(codes(await update(id, 1, { securityCenter: elsewhere }))).toEqual(['SECRET_REQUIRED'])
    const typed = { ...elsewhere, password: 'typed again' }
    expect(codes(await update(id, 1, { securityCenter: typed }))).toEqual([])
    const trusted = { securityCenter: { certificateSha256: 'CD'.repeat(32) } }
    expect(codes(await update(id, 2, trusted))).toEqual([])
  })

  test('limits cannot be below zero and days must make sense', async () => {
    const id = await storeIntegration(trueup, 'Brakes')
    const limits = { lineUnits: 10, linePercent: 20, runUnits: 50, runPercent: 5 }
    const right = { ...limits, lineMoney: '99.5', runMoney: '1000.00' }
    const switches = { holdDropToZero: true, holdDoubled: false }
    const wrong = Object.fromEntries(Object.keys(right).map((name) => [name, -1]))
    const brakes = { ...wrong, lineMoney: '-1', runMoney: '-0.01', ...switches }
    expect(codes(await update(id, 1, { brakes, maximumReadingAgeDays: 0 }))).toEqual([
      'DAYS_OUT_OF_RANGE',
      ...Object.keys(right).map(() => 'BRAKE_NEGATIVE'),
    ])
    expect(codes(await update(id, 1, { brakes: { ...right, ...switches } }))).toEqual([])
    const { data } = await trueup.ask<{ integration: { brakes: object } }>(
      `{ integration(id: "${id}") { brakes { lineUnits linePercent lineMoney runUnits runPercent runMoney holdDropToZero holdDoubled } } }`,
    )
    expect(data.integration.brakes).toEqual({ ...right, ...switches })
  })

  test('secrets are stored sealed, and neither given out, logged nor put into the activity log', async () => {
    const id = await storeIntegration(trueup, 'Secretive')
    await update(id, 1, { autotask: { secret: 'another secret' } })
    const em = trueup.app.services.orm.em.fork()
    const stored = JSON.stringify(await em.execute('select * from integration'))
    const log = await trueup.ask<{ activities: { nodes: { after: string }[] } }>(
      `{ activities(integrationId: "${id}") { nodes { action before after } } }`,
    )
    const told = JSON.stringify(log.data)
    expect(log.data.activities.nodes).toHaveLength(2)
    expect(told).toContain('replaced')
    const statements = trueup.logged.filter((line) => !line.includes('[query]')).join('\n')
    for (const secret of [
      'the autotask secret',
      'the integration code',
      'the ksc password',
      'another secret',
    ]) {
      expect(stored).not.toContain(secret)
      expect(told).not.toContain(secret)
      expect(statements).not.toContain(secret)
    }
  })

  test('the log tells what a change has changed, before and after, and nothing else', async () => {
    const id = await storeIntegration(trueup, 'Changing')
    await update(id, 1, { name: 'Changed', dailyRunHour: 5, scheduleEnabled: true })
    const { data } = await trueup.ask<{
      activities: { nodes: { before: string; after: string }[] }
    }>(`{ activities(integrationId: "${id}", first: 1) { nodes { before after } } }`)
    const [entry] = data.activities.nodes.map(({ before, after }) => [before, after].map(parse))
    expect(entry).toEqual([
      { name: 'Changing', dailyRunHour: 3 },
      { name: 'Changed', dailyRunHour: 5 },
    ])
  })

  test('contracts of an integration that is not there are an error, not an empty list', async () => {
    const answer = await trueup.ask('{ contracts(integrationId: "none") { nodes { id } } }')
    expect(answer.errors.map((error) => error.extensions.code)).toEqual(['NOT_FOUND'])
  })
})

function parse(text: string): unknown {
  return JSON.parse(text)
}
