import { describe, expect, test } from 'vitest'
import { openPractice, type Practice } from './practice.ts'
import { sendJson, startVendor } from './vendor.ts'

async function start(...given: Parameters<typeof openPractice>): Promise<Practice> {
  const practice = await openPractice(...given)
  // Seconds of the real clock: the answers carry a real date.
  await practice.clock.sleep(Date.now() - practice.clock.nowMs())
  return practice
}

describe('the connection test', () => {
  test('finds everything right in the practice world, and says what it cannot know', async () => {
    const { autotask, sandbox } = await start({})
    const before = JSON.stringify(sandbox.state())
    const { ok, checks } = await autotask.testConnection({})
    expect(ok).toBe(true)
    expect([...new Set(checks.map(({ code }) => code))]).toEqual([
      'AUTOTASK_CHECK_ZONE',
      'AUTOTASK_CHECK_CREDENTIALS',
      'AUTOTASK_CHECK_CLOCK',
      'AUTOTASK_CHECK_PERMISSION',
      'AUTOTASK_CHECK_CONTRACT_TYPE',
      'AUTOTASK_CHECK_CONTRACT_PERIODS',
      'AUTOTASK_CHECK_SERVICE_PERIODS',
      'AUTOTASK_CHECK_SERVICES',
      'AUTOTASK_CHECK_REQUESTS_LEFT',
      'AUTOTASK_UNKNOWN_BEFORE_FIRST_WRITE',
    ])
    const unknown = checks.filter(({ code }) => code === 'AUTOTASK_UNKNOWN_BEFORE_FIRST_WRITE')
    expect(unknown.every((one) => one.ok === null)).toBe(true)
    expect(unknown.map(({ facts }) => facts.question)).toContain('ZERO_UNITS')
    expect(JSON.stringify(sandbox.state())).toBe(before)
  })

  test('tells the addresses, the periods and the requests as facts', async () => {
    const { autotask, sandbox } = await start({})
    const { checks } = await autotask.testConnection({})
    const factsOf = (code: string) => checks.find((one) => one.code === code)?.facts
    expect(factsOf('AUTOTASK_CHECK_ZONE')).toMatchObject({
      apiUrl: `${sandbox.connection.autotask.url}V1.0/`,
    })
    expect(factsOf('AUTOTASK_CHECK_CONTRACT_PERIODS')).toMatchObject({
      list: '2 Monthly, 3 Quarterly, 4 Semi-Annual, 5 Yearly',
    })
    expect(factsOf('AUTOTASK_CHECK_REQUESTS_LEFT')).toMatchObject({ limit: 10_000 })
    expect(factsOf('AUTOTASK_CHECK_CLOCK')?.differenceSeconds).toBeTypeOf('number')
  })

  test.each([
    ['modern', { secret: 'wrong' }],
    ['modern', { integrationCode: 'wrong' }],
    ['old', { integrationCode: 'wrong' }],
  ] as const)('stops at wrong credentials (%s answers, %o)', async (authStatuses, wrong) => {
    const { connect } = await start({ empty: true, switches: { authStatuses } })
    const { ok, checks } = await connect(wrong).testConnection({})
    expect(ok).toBe(false)
    expect(checks.map(({ code, ok: isRight }) => [code, isRight])).toEqual([
      ['AUTOTASK_CHECK_ZONE', true],
      ['AUTOTASK_CHECK_CREDENTIALS', false],
    ])
  })

  test('stops at an unknown user name', async () => {
    const { connect } = await start()
    const { checks } = await connect({ userName: 'nobody@example.com' }).testConnection({})
    expect(checks).toMatchObject([
      { code: 'AUTOTASK_CHECK_ZONE', ok: false, facts: { failure: 'AUTOTASK_ZONE_UNKNOWN' } },
    ])
  })

  test('names each right that is missing, and looks on', async () => {
    const { autotask } = await start({
      switches: { deniedEntities: ['ContractServiceUnits', 'ContractServiceAdjustments'] },
    })
    const { ok, checks } = await autotask.testConnection({})
    expect(ok).toBe(false)
    expect(checks.filter((one) => one.ok === false)).toEqual([
      {
        code: 'AUTOTASK_CHECK_PERMISSION',
        ok: false,
        facts: { entity: 'ContractServiceUnits', right: 'QUERY', access: 'None' },
      },
      {
        code: 'AUTOTASK_CHECK_PERMISSION',
        ok: false,
        facts: { entity: 'ContractServiceAdjustments', right: 'CREATE', access: 'None' },
      },
    ])
  })

  test('sees a catalogue without services, few requests left, and a clock that is hours off', async () => {
    const { autotask, clock } = await start({
      empty: true,
      switches: { requestThreshold: 300 },
    })
    await clock.sleep(3 * 3_600_000)
    const { checks } = await autotask.testConnection({})
    const wrong = checks.filter((one) => one.ok === false).map(({ code }) => code)
    expect(wrong).toEqual([
      'AUTOTASK_CHECK_CLOCK',
      'AUTOTASK_CHECK_SERVICES',
      'AUTOTASK_CHECK_REQUESTS_LEFT',
    ])
  })

  test('sees numbers that mean something else in this tenant', async () => {
    const vendor = await startVendor((received, response) => {
      const value = (number: number, label: string) => ({ value: String(number), label })
      const list = (name: string, ...picklistValues: unknown[]) => ({ name, picklistValues })
      const fields = [
        list('contractType', value(7, 'Retainer')),
        list('contractPeriodType', value(2, 'Quarterly'), value(3, 'Monthly')),
        list('periodType', value(2, 'Monatlich'), value(3, 'Vierteljährlich')),
      ]
      const isFields = received.path.endsWith('/fields')
      sendJson(response, 200, isFields ? { fields } : { info: { userAccessForQuery: 'All' } })
    })
    const { checks } = await vendor.autotask.testConnection({})
    const answers = new Map(checks.map(({ code, ok }) => [code, ok]))
    expect(answers.get('AUTOTASK_CHECK_CONTRACT_TYPE')).toBe(false)
    expect(answers.get('AUTOTASK_CHECK_CONTRACT_PERIODS')).toBe(false)
    expect(answers.get('AUTOTASK_CHECK_SERVICE_PERIODS')).toBe(true)
    expect(answers.get('AUTOTASK_CHECK_SERVICES')).toBe(false)
  })

  test('that is called off is an error, not a finding', async () => {
    const { autotask } = await start()
    await expect(autotask.testConnection({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'AUTOTASK_CANCELLED',
    })
  })
})
