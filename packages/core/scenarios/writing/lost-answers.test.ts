import { expect, test } from 'vitest'
import { decideHold } from '../../src/decisions/decide-hold.ts'
import type { ContractLedger } from '../../src/ports.ts'
import { runBilling } from '../../src/run/run-billing.ts'
import { aService, CONTRACT, ENDPOINT_SERVICE } from '../../src/testing/index.ts'
import { toDay } from '../../src/values/day.ts'
import type { ServiceId } from '../../src/values/ids.ts'
import { outcomes, startSeveral, startStory } from '../../test/support/story.ts'
import { startActor } from '../../test/support/turns.ts'

/*
 * Rules 16 and 17, peers 4.1 ("no memory of what was posted"): an adjustment cannot be listed or deleted, so its units
 * are read. "lost" is what became of the answer.
 *
 *     applied, answer lost          reading says 12     confirmed, nothing repeated
 *     never arrived                 reading says 10     after 5 minutes still 10: once more
 *     never arrived, twice                              a person decides
 *     arrives late                  10, then 12         confirmed after the wait
 *     somebody edited meanwhile     13                  a person decides
 */
test('an applied post whose answer was lost is confirmed and not repeated', async () => {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  story.ledger.failNext('post', 'LOSE_ANSWER')
  expect(outcomes(await story.run())).toEqual(['confirmed'])
  expect(story.ledger.calls().filter((call) => call === 'applyAdjustment')).toHaveLength(1)
})

test('a post that never arrived is posted once more, after the time in which it could still arrive', async () => {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  story.ledger.failNext('post', 'LOSE_POST')
  const startedMs = story.clock.nowMs()
  expect(outcomes(await story.run())).toEqual(['lapsed', 'confirmed'])
  expect(story.clock.nowMs() - startedMs).toBeGreaterThanOrEqual(300_000)
  expect(story.units()['2026-10']).toBe(12)
})

test('a post that never arrived twice waits for a person, who lets it be tried again', async () => {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  story.ledger.failNext('post', 'LOSE_POST')
  story.ledger.failNext('post', 'LOSE_POST')
  expect(outcomes(await story.run())).toEqual(['lapsed', 'lapsed'])
  const [hold] = (await story.preview()).holds
  expect(hold?.code).toBe('UNSETTLED_ADJUSTMENT')
  await story.run()
  expect(story.units()).toEqual({})
  if (hold === undefined) return
  const decision = decideHold(hold, 'ADOPT', story.record())
  if (decision.kind === 'RECORD') story.journal.putRecord(decision.record)
  expect(outcomes(await story.run())).toEqual(['confirmed'])
  expect(story.units()['2026-10']).toBe(12)
})

test('a post that is applied late is waited for, not repeated', async () => {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  story.ledger.failNext('post', 'LATE')
  const clock = {
    nowMs: () => story.clock.nowMs(),
    sleep: async (ms: number): Promise<void> => {
      story.ledger.applyLate()
      await story.clock.sleep(ms)
    },
  }
  expect(outcomes(await story.run('ALL', { clock }))).toEqual(['confirmed'])
  expect(story.units()['2026-10']).toBe(12)
})

/*
 * The process dies while its post is still on the way; the next run finds the line unchanged.
 *
 *     post 12 ... dies | next run: 0, waits 5 minutes, meanwhile it arrives: 12 | confirmed, not posted again
 *                      | next run: 0, waits 5 minutes, still 0               | never arrived, posted once more
 */
test.each([
  ['arrives meanwhile is confirmed', true, ['settled'], 1],
  ['never arrives is posted once more', false, ['settled', 'confirmed'], 2],
] as const)('what a dead process left on the way and %s', async (...row) => {
  const [, arrives, seen, posts] = row
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  story.ledger.failNext('post', 'LATE')
  const actor = startActor(story, async (parts) => {
    const request = { ...story.request(), apply: 'ALL' as const }
    for await (const event of runBilling(parts, request)) void event
  })
  for (let call = 0; call < 30 && actor.waitsFor() !== 'readWritten'; call += 1) await actor.step()
  await actor.die(false)
  const clock = {
    nowMs: () => story.clock.nowMs(),
    sleep: async (ms: number): Promise<void> => {
      if (arrives) story.ledger.applyLate()
      await story.clock.sleep(ms)
    },
  }
  const startedMs = story.clock.nowMs()
  expect(outcomes(await story.run('ALL', { clock }))).toEqual(seen)
  expect(story.clock.nowMs() - startedMs).toBeGreaterThanOrEqual(300_000)
  expect(story.ledger.calls().filter((call) => call === 'applyAdjustment')).toHaveLength(posts)
  expect(story.units()['2026-10']).toBe(12)
})

test('a hand edit between reading and post leaves the adjustment unknown, for a person to look at', async () => {
  const story = startStory()
  story.on('2026-10-01')
  story.uses(10)
  await story.run()
  story.on('2026-10-10')
  story.uses(12)
  const ledger: ContractLedger = {
    ...story.ledger,
    applyAdjustment: (request, options) => {
      story.ledger.edit(CONTRACT, ENDPOINT_SERVICE, toDay('2026-10-01'), 1)
      return story.ledger.applyAdjustment(request, options)
    },
  }
  const events = await story.run('ALL', { ledger })
  const unknown = events.find((event) => event.kind === 'unknown')
  expect(unknown).toMatchObject({ unitsSeen: 13 })
  story.uses(14)
  expect(outcomes(await story.run())).toEqual(['settled'])
  const [hold] = (await story.preview()).holds
  if (hold === undefined) throw new Error('nothing is held')
  expect(hold.code).toBe('UNSETTLED_ADJUSTMENT')

  // The person has looked: 13 is what the line carries, and Trueup goes on from there.
  const decision = decideHold(hold, 'ADOPT', story.record())
  if (decision.kind !== 'SETTLEMENT') throw new Error('an unsettled adjustment is settled')
  await story.journal.settle(decision.key, decision.settlement)
  expect(await story.journal.readUnsettled()).toEqual([])
  expect(outcomes(await story.run())).toEqual(['confirmed'])
  expect(story.units()['2026-10']).toBe(14)
})

test('when the reading after the posts fails, the next run settles by reading', async () => {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  const readWritten = (): Promise<never> => Promise.reject(new Error('away'))
  const events = await story.run('ALL', { ledger: { ...story.ledger, readWritten } })
  expect(outcomes(events)).toEqual(['unknown'])
  expect(outcomes(await story.run())).toEqual(['settled'])
  expect(story.record().confirmed?.units).toBe(12)
  expect(story.units()['2026-10']).toBe(12)
})

test('a refusal is settled with the words of the PSA, and tried again by the next run', async () => {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  story.ledger.failNext('post', 'REFUSE')
  const events = await story.run()
  expect(events.find((event) => event.kind === 'refused')).toMatchObject({
    reason: 'refused as asked',
  })
  expect(outcomes(await story.run())).toEqual(['confirmed'])
})

test('posts that could not even be sent end the posting after three in a row', async () => {
  const { story, names } = startSeveral(5)
  for (let fault = 0; fault < 3; fault += 1) story.ledger.failNext('post', 'NOT_SENT')
  expect(outcomes(await story.run())).toEqual([
    'notSent',
    'notSent',
    'notSent',
    'skipped',
    'skipped',
  ])
  expect(outcomes(await story.run())).toEqual(names.map(() => 'confirmed'))
})

/*
 *     not sent, not sent, sent, not sent, not sent, sent        never three in a row: all six are tried
 */
test('posts that could not be sent now and then do not end the posting', async () => {
  const { story, names } = startSeveral(6)
  const unsent = [true, true, false, true, true, false]
  const queue = [...unsent]
  const ledger: ContractLedger = {
    ...story.ledger,
    applyAdjustment: (request, options) => {
      if (queue.shift() === true) story.ledger.failNext('post', 'NOT_SENT')
      return story.ledger.applyAdjustment(request, options)
    },
  }
  const seen = outcomes(await story.run('ALL', { ledger }))
  expect(seen.filter((kind) => kind === 'notSent')).toHaveLength(4)
  expect(seen.filter((kind) => kind === 'confirmed')).toHaveLength(2)
  expect(outcomes(await story.run())).toHaveLength(names.length - 2)
})

/*
 * A process died with two changes under way: 3 units of one service from February, which never arrived, and 4 of another
 * from September, which did. A PSA asked for February shows that period and the next, and says nothing of September.
 *
 *     read from Feb 1:   | Feb | Mar |                       none: never arrived
 *     read from Sep 1:                     | Sep | Oct |     4 units: arrived
 */
test('what was left open many periods apart is read around its own day, each line', async () => {
  const other = 'service-other' as ServiceId
  const story = startStory()
  story.ledger.addService(aService({ id: other }))
  story.on('2026-09-10')
  for (const [service, day, after, hasArrived] of [
    [ENDPOINT_SERVICE, '2026-02-01', 3, false],
    [other, '2026-09-01', 4, true],
  ] as const) {
    const line = { contract: CONTRACT, service, line: null, effectiveDay: toDay(day) }
    const about = { ordinal: 1, attempt: 1, recordedAtMs: 0, takesBack: null }
    await story.journal.recordIntent({ key: `${service}/1`, ...line, ...about, before: 0, after })
    if (hasArrived) await story.ledger.applyAdjustment({ ...line, unitChange: after }, {})
  }
  const settled = []
  for (const event of await story.run()) {
    if (event.kind === 'settled') settled.push(event.settlement)
  }
  expect(settled).toMatchObject([{ kind: 'CONFIRMED', units: 4 }, { kind: 'LAPSED' }])
})
