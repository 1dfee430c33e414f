import { expect, test } from 'vitest'
import { runCounter } from '../../src/run/run-counter.ts'
import { aContract, CONTRACT, ENDPOINT_SERVICE } from '../../src/testing/index.ts'
import { toDay } from '../../src/values/day.ts'
import type { ContractId } from '../../src/values/ids.ts'
import { codesOf, startStory } from '../../test/support/story.ts'

/*
 * Rules 7 and 23, peers 6.3 (terminate, cancel, upgrade): a contract begins, ends, goes on under a new id, or is replaced.
 *
 *     begins later    Oct: nothing, and a finding         Nov 1: from Nov 1
 *     ends            Oct: billed, its end is announced   Nov: nothing, and what that costs
 *     is renewed      Nov: the finding names the new contract; nobody moves by himself
 *     is replaced     the new one is billed; the old one keeps its units until a person releases them
 */
const NEXT = 'contract-next' as ContractId

test('a contract that begins later is billed from its first day on', async () => {
  const story = startStory({ contract: { startDay: toDay('2026-11-01') } })
  story.on('2026-10-31')
  story.uses(12)
  expect(codesOf(await story.preview()).findings).toEqual(['CONTRACT_NOT_STARTED'])
  await story.run()
  expect(story.units()).toEqual({})
  story.on('2026-11-01')
  story.uses(12)
  await story.run()
  expect(story.units()).toEqual({ '2026-11': 12, '2026-12': 12 })
})

test('a contract is billed to its last day, and then missed with what it would bring', async () => {
  const story = startStory({ contract: { endDay: toDay('2026-10-31') } })
  story.on('2026-10-31')
  story.uses(12)
  expect(codesOf(await story.preview()).findings).toEqual(['CONTRACT_ENDING'])
  await story.run()
  expect(story.units()).toEqual({ '2026-10': 12 })
  story.on('2026-11-01')
  story.uses(12)
  const { findings, adjustments } = await story.preview()
  expect(adjustments).toEqual([])
  expect(findings.map(({ code, revenueAtRiskPerMonth }) => [code, revenueAtRiskPerMonth])).toEqual([
    ['CONTRACT_ENDED', '36.0000'],
  ])
})

/*
 *     Oct 1: 30 days left, nothing is said | Oct 2: 29 days left, its end is announced
 */
test("a contract's end is announced in its last thirty days", async () => {
  const story = startStory({ contract: { endDay: toDay('2026-10-31') } })
  story.on('2026-10-01')
  story.uses(12)
  expect((await story.preview()).findings).toEqual([])
  story.on('2026-10-02')
  const { findings } = await story.preview()
  expect(findings.map(({ code, facts }) => [code, facts.endDay, facts.daysLeft])).toEqual([
    ['CONTRACT_ENDING', '2026-10-31', 29],
  ])
})

test('a renewed contract is named, and its units are held as those of somebody else until a person has chosen', async () => {
  const story = startStory({ contract: { endDay: toDay('2026-10-31'), renewedAs: NEXT } })
  story.on('2026-10-05')
  story.uses(12)
  await story.run()
  story.ledger.addContract(
    aContract({ id: NEXT, startDay: toDay('2026-11-01'), endDay: toDay('2027-10-31') }),
  )
  // Autotask carries the units over to the new contract itself.
  story.ledger.addLine(NEXT, ENDPOINT_SERVICE, toDay('2026-11-01'), 12)
  story.on('2026-11-02')
  story.uses(13)
  const { findings } = await story.preview()
  expect(findings.map(({ code, facts }) => [code, facts.renewedAs])).toEqual([
    ['CONTRACT_RENEWED', NEXT],
  ])
  story.account = { ...story.account, contract: NEXT }
  expect(codesOf(await story.preview()).holds).toEqual(['UNOWNED_UNITS'])
  await story.run()
  expect(story.ledger.unitsByPeriod(NEXT, ENDPOINT_SERVICE)['2026-11-01']).toBe(12)
})

test('a replaced contract keeps its units until they are released', async () => {
  const story = startStory()
  story.ledger.addContract(aContract({ id: NEXT }))
  story.on('2026-10-05')
  story.uses(12)
  await story.run()
  const { tenant, account } = story.account
  if (account === null) throw new Error('not mapped')
  story.account = { ...story.account, contract: NEXT }
  await story.run()
  expect(story.ledger.unitsByPeriod(NEXT, ENDPOINT_SERVICE)['2026-10-01']).toBe(12)
  expect(story.units()['2026-10']).toBe(12)

  const line = { tenant, account, contract: CONTRACT, service: ENDPOINT_SERVICE }
  const counters = [{ kind: 'RELEASE' as const, line }]
  for await (const event of runCounter(story, { ...story.request(), counters, apply: 'ALL' })) {
    void event
  }
  expect(story.units()['2026-10']).toBe(0)
  expect(story.ledger.unitsByPeriod(NEXT, ENDPOINT_SERVICE)['2026-10-01']).toBe(12)
})
