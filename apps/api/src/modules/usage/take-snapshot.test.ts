import { afterEach, expect, test } from 'vitest'
import { mapCustomers } from '../../../test/kit/map-customers.ts'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'

interface Answer {
  readonly runNow: {
    readonly run: {
      readonly status: string
      readonly problems: readonly {
        readonly code: string
        readonly facts: readonly { readonly name: string; readonly value: string | null }[]
      }[]
      readonly adjustments: { readonly totalCount: number }
    }
  }
}

let practice: Practice
afterEach(() => practice.close())

test('a server that suddenly lists nobody is not believed: nothing is billed and nobody is gone', async () => {
  practice = await startPractice('sqlite', { virtualServers: 4, devices: 40 })
  await mapCustomers(practice)
  const { trueup, sandbox, integrationId: id } = practice
  const present = async (): Promise<number> =>
    (
      await trueup.ask<{ integration: { counts: { tenants: number } } }>(
        'query ($id: ID!) { integration(id: $id) { counts { tenants } } }',
        { id },
      )
    ).data.integration.counts.tenants
  const before = await present()
  expect(before).toBeGreaterThan(0)
  for (const { name } of sandbox.state().virtualServers)
    await fetch(`${sandbox.connection.control}/virtual-server`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ delete: name }),
    })
  expect(sandbox.state().virtualServers).toEqual([])
  const { data } = await trueup.ask<Answer>(
    `mutation ($id: ID!) { runNow(integrationId: $id, wait: true) { run {
      status problems { code facts { name value } } adjustments { totalCount } } } }`,
    { id },
  )
  const { run } = data.runNow
  expect(run).toMatchObject({ status: 'FAILED', adjustments: { totalCount: 0 } })
  expect(run.problems.map(({ code }) => code)).toEqual(['VENDOR_FAILED'])
  expect(run.problems[0]?.facts).toContainEqual({ name: 'code', value: 'DIRECTORY_EMPTY' })
  expect(await present()).toBe(before)
})
