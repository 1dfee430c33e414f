import { afterEach, expect, test } from 'vitest'
import { mapInOrder } from '../../../test/kit/map-customers.ts'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'

let practice: Practice
afterEach(() => practice.close())

/** Calls of the log before, of, and after the posts. */
function countCalls({ sandbox }: Practice): { before: number; posts: number; after: number } {
  const operations = sandbox
    .calls()
    .log.filter((call) => call.system === 'autotask')
    .map((call) => call.operation)
  const isPost = (operation: string): boolean => operation.endsWith('Adjustments.create')
  const first = operations.findIndex(isPost)
  const last = operations.findLastIndex(isPost)
  return {
    before: first,
    posts: operations.filter(isPost).length,
    after: operations.length - 1 - last,
  }
}

test('a run over 100 lines of 100 contracts with 10 changes reads at most 5 times, posts 10 times and reads once', async () => {
  practice = await startPractice('sqlite', {
    virtualServers: 100,
    devices: 400,
    uniform: { accounts: 100, lines: 1, periods: 24 },
    switches: { serviceTimeMs: 0 },
  })
  const application = await mapInOrder(practice)
  const { trueup, sandbox, integrationId } = practice
  const runNow = async (): Promise<{ status: string; totals: { confirmed: number } }> => {
    const answer = await trueup.ask<{
      runNow: { run: { status: string; totals: { confirmed: number } } }
    }>(
      'mutation ($id: ID!) { runNow(integrationId: $id, wait: true) { run { status totals { confirmed } } } }',
      { id: integrationId },
    )
    return answer.data.runNow.run
  }
  const servers = sandbox.state().virtualServers
  for (const server of servers)
    sandbox.setUsage({
      virtualServer: server.uid,
      application,
      category: 'WINDOWS_WORKSTATION',
      devices: 3,
    })
  expect((await runNow()).status).toBe('COMPLETED')

  for (const server of servers.slice(0, 10))
    sandbox.setUsage({
      virtualServer: server.uid,
      application,
      category: 'WINDOWS_WORKSTATION',
      devices: 5,
    })
  sandbox.clearCalls()
  expect((await runNow()).totals.confirmed).toBe(10)
  const calls = countCalls(practice)
  expect(calls.before).toBeLessThanOrEqual(5)
  expect(calls.posts).toBe(10)
  expect(calls.after).toBe(1)
})
