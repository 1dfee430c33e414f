import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectionsOf, startPractice, type Practice } from '../../../test/kit/start-practice.ts'

interface Tested {
  testIntegration: {
    checks: {
      side: string
      code: string
      ok: boolean
      isKnown: boolean
      message: string
      facts: { name: string; value: string | null }[]
    }[]
    problems: { code: string }[]
  }
}

const TEST = /* GraphQL */ `
  mutation ($id: ID, $input: TestIntegrationInput) {
    testIntegration(id: $id, input: $input) {
      checks {
        side
        code
        ok
        isKnown
        message
        facts {
          name
          value
        }
      }
      problems {
        code
      }
    }
  }
`

describe('testing connections', () => {
  let practice: Practice
  beforeAll(async () => {
    practice = await startPractice('sqlite')
  })
  afterAll(() => practice.close())

  const run = async (variables: object): Promise<Tested['testIntegration']> =>
    (await practice.trueup.ask<Tested>(TEST, { ...variables })).data.testIntegration
  // The test's clock stands in March; Autotask's imitation names the machine's own date.
  const failed = (tested: Tested['testIntegration']): string[] =>
    tested.checks
      .filter((check) => !check.ok && check.code !== 'AUTOTASK_CHECK_CLOCK')
      .map((check) => check.code)

  test('the stored connections are tried on both sides, and accounts get links into Autotask', async () => {
    const { trueup, integrationId } = practice
    const tested = await run({ id: integrationId })
    expect(tested.problems).toEqual([])
    expect(failed(tested)).toEqual([])
    expect(new Set(tested.checks.map((check) => check.side))).toEqual(
      new Set(['AUTOTASK', 'KASPERSKY']),
    )
    expect(tested.checks.every((check) => check.message.length > 10)).toBe(true)
    expect(tested.checks.some((check) => !check.isKnown)).toBe(true)
    await trueup.ask(`mutation { readDirectory(integrationId: "${integrationId}") { tenants } }`)
    const { data } = await trueup.ask<{
      autotaskAccounts: {
        nodes: { webUrl: string | null; contracts: { webUrl: string | null }[] }[]
      }
    }>(
      `{ autotaskAccounts(integrationId: "${integrationId}", first: 1) { nodes { webUrl contracts { webUrl } } } }`,
    )
    expect(data.autotaskAccounts.nodes[0]?.webUrl).toContain('ExecuteCommand.aspx?Code=OpenAccount')
  })

  test('a wrong Autotask secret is a check that failed, with words for a person', async () => {
    const { autotask } = connectionsOf(practice.sandbox)
    const tested = await run({ input: { autotask: { ...autotask, secret: 'wrong' } } })
    expect(failed(tested)).toEqual(['AUTOTASK_CHECK_CREDENTIALS'])
    expect(tested.checks.at(-1)?.message).toContain('AUTOTASK_CREDENTIALS_REFUSED')
  })

  test('a certificate that does not match comes with the fingerprint that was seen', async () => {
    const { securityCenter } = connectionsOf(practice.sandbox)
    for (const certificateSha256 of ['00'.repeat(32), null]) {
      const tested = await run({
        input: { securityCenter: { ...securityCenter, certificateSha256 } },
      })
      expect(failed(tested)).toEqual(['KSC_CHECK_CERTIFICATE'])
      const facts = new Map(tested.checks[0]?.facts.map((fact) => [fact.name, fact.value]))
      expect(facts.get('certificateSha256')).toBe(
        securityCenter.certificateSha256.replaceAll(':', '').toLowerCase(),
      )
    }
  })

  test('a server that is away is a check that failed', async () => {
    const { securityCenter } = connectionsOf(practice.sandbox)
    const away = { ...securityCenter, url: 'https://127.0.0.1:1' }
    expect(failed(await run({ input: { securityCenter: away } }))).toEqual([
      'KSC_CHECK_CERTIFICATE',
    ])
  })

  test('there must be something to test, and it must make sense', async () => {
    expect((await run({})).problems).toEqual([{ code: 'NOTHING_TO_TEST' }])
    expect((await run({ id: 'none' })).problems).toEqual([{ code: 'INTEGRATION_NOT_FOUND' }])
    const { autotask } = connectionsOf(practice.sandbox)
    const wrong = { input: { autotask: { ...autotask, url: 'ftp://x' } } }
    expect((await run(wrong)).problems).toEqual([{ code: 'URL_INVALID' }])
  })
})
