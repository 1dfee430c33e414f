import { expect, test } from 'vitest'
import type { AdjustmentRequest, ContractLedger } from '../../src/ports.ts'
import { runBilling } from '../../src/run/run-billing.ts'
import { CONTRACT, ENDPOINT_SERVICE } from '../../src/testing/index.ts'
import { toDay } from '../../src/values/day.ts'
import { watchPosts } from '../../test/support/watch-posts.ts'
import type { Story } from '../../test/support/story.ts'
import { outcomes, startSeveral, startStory } from '../../test/support/story.ts'
import { startActor } from '../../test/support/turns.ts'

/*
 * Rule 16, peers 4.1 ("passes an undefined or wrong variable as the service id"): the intent is stored, then the change is
 * posted, then read. What is posted names everything.
 *
 *     lock | intent: 10 to 12 from Oct 1 | post +2 | read: 12 | confirmed | unlock
 */
test('the contract is locked and the intent stored before the post, and the units are read after it', async () => {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  const request = { ...story.request(), apply: 'ALL' as const }
  const actor = startActor(story, async (parts) => {
    for await (const event of runBilling(parts, request)) void event
  })
  const calls: string[] = []
  await actor.step()
  for (let call = actor.waitsFor(); call !== null; call = actor.waitsFor()) {
    calls.push(`${call}, ${(await isLocked(story)) ? 'locked' : 'free'}`)
    await actor.step()
  }
  expect(calls).toEqual([
    'readLineRecords, free',
    'readLedger, free',
    'lockContract, free',
    'recordIntent, locked',
    'applyAdjustment, locked',
    'readWritten, locked',
    'settle, locked',
  ])
  expect(await isLocked(story)).toBe(false)
})

async function isLocked({ journal }: Story): Promise<boolean> {
  const lock = await journal.lockContract(CONTRACT)
  await lock?.release()
  return lock === null
}

test('what is stored before the post says contract, line, day, before and after', async () => {
  const story = startStory()
  story.on('2026-10-01')
  story.uses(10)
  await story.run()
  story.on('2026-10-10')
  story.uses(12)
  await story.run()
  const [line] = story.ledger.lines()
  expect(story.journal.entries().map(({ intent }) => intent)).toMatchObject([
    { contract: CONTRACT, service: ENDPOINT_SERVICE, line: null, before: 0, after: 10 },
    {
      contract: CONTRACT,
      service: ENDPOINT_SERVICE,
      line: line?.id,
      effectiveDay: '2026-10-01',
      before: 10,
      after: 12,
    },
  ])
})

/*
 * Three services of one customer change on one day. Other customers are written to meanwhile, this one is not.
 *
 *     contract     post a ----- post b ----- post c
 */
test('a contract has one post under way at a time, however many of its lines change', async () => {
  const { story, names } = startSeveral(3)
  const { ledger, mostAtOnce } = watchPosts(story.ledger)
  expect(outcomes(await story.run('ALL', { ledger }))).toEqual(names.map(() => 'confirmed'))
  expect(mostAtOnce()).toBe(1)
})

test('a post names contract, service, line, day and the difference', async () => {
  const story = startStory()
  story.on('2026-10-01')
  story.uses(10)
  await story.run()
  story.on('2026-10-10')
  story.uses(12)
  const posted: AdjustmentRequest[] = []
  const ledger: ContractLedger = {
    ...story.ledger,
    applyAdjustment: (request, options) => {
      posted.push(request)
      return story.ledger.applyAdjustment(request, options)
    },
  }
  await story.run('ALL', { ledger })
  const [line] = story.ledger.lines()
  const effectiveDay = toDay('2026-10-01')
  expect(posted).toEqual([
    { contract: CONTRACT, service: ENDPOINT_SERVICE, line: line?.id, effectiveDay, unitChange: 2 },
  ])
})
