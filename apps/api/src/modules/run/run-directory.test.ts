import { afterEach, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/kit/databases.ts'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'

describe.each(databaseKinds)('a run that is begun by hand, on %s', (kind) => {
  let practice: Practice
  afterEach(() => practice.close())

  const run = async (name: 'runNow' | 'preview'): Promise<void> => {
    const { data } = await practice.trueup.ask<Record<string, { run: { status: string } }>>(
      `mutation ($id: ID!) { ${name}(integrationId: $id, wait: true) { run { status } } }`,
      { id: practice.integrationId },
    )
    expect(data[name]?.run.status).toMatch(/^COMPLETED/)
  }
  const countAccountReadings = (): number =>
    practice.sandbox.calls().log.filter(({ operation }) => operation === 'Companies.query').length
  const knowsNewcomer = async (): Promise<boolean> => {
    const { data } = await practice.trueup.ask<{ autotaskAccounts: { totalCount: number } }>(
      'query ($id: ID!) { autotaskAccounts(integrationId: $id, filter: { nameContains: "Newcomer" }) { totalCount } }',
      { id: practice.integrationId },
    )
    return data.autotaskAccounts.totalCount === 1
  }

  test('reads the directory when it is the first of its day, a preview too, and not again on that day', async () => {
    practice = await startPractice(kind, { switches: { serviceTimeMs: 0 } })
    practice.sandbox.hand.addAccount({ companyName: 'Newcomer Ltd' })
    await run('preview')
    expect(await knowsNewcomer()).toBe(true)
    expect(countAccountReadings()).toBeGreaterThan(0)

    practice.sandbox.clearCalls()
    await run('runNow')
    expect(countAccountReadings()).toBe(0)

    await practice.trueup.ask('mutation { advancePracticeDay(days: 1) { ok } }')
    await run('runNow')
    expect(countAccountReadings()).toBeGreaterThan(0)
    const { data } = await practice.trueup.ask<{ activities: { nodes: { actor: string }[] } }>(
      'query ($id: ID!) { activities(integrationId: $id, filter: { action: ["DIRECTORY_READ"] }) { nodes { actor } } }',
      { id: practice.integrationId },
    )
    // The second reading found nothing new, so there is nothing to tell of it.
    expect(data.activities.nodes).toEqual([{ actor: 'token TRUEUP_ADMIN_TOKEN' }])
  })
})
