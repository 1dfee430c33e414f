import { expect, test } from 'vitest'
import type { BrakeLimits } from '../../src/settings.ts'
import { NO_BRAKES } from '../../src/settings.ts'
import { CONTRACT, ENDPOINT_SERVICE } from '../../src/testing/index.ts'
import { toDay } from '../../src/values/day.ts'
import { toDecimal } from '../../src/values/money.ts'
import type { Story } from '../../test/support/story.ts'
import { codesOf, startStory } from '../../test/support/story.ts'

/*
 * Rule 12: brakes hold a line whose change is suspicious; beside each, the neighbour it must let pass (peers 6.3, "a guard
 * written too wide").
 *
 *     brake              holds               lets pass
 *     4 units            20 -> 25, 20 -> 15  20 -> 24
 *     20 per cent        20 -> 25, 10 -> 13  20 -> 24, and 9 -> 18 (below 10 units)
 *     12.00 a period     20 -> 25 (15.00),   20 -> 24 (12.00)
 *                        20 -> 15 (-15.00)
 *     drop to zero       20 -> 0, 2 -> 0     1 -> 0, 20 -> 1
 *     doubled            20 -> 40, 5 -> 10   20 -> 39, 4 -> 8
 *     none is set                            20 -> 0, 20 -> 40
 */
const cases: readonly [Partial<BrakeLimits>, number, number, string | null][] = [
  [{ lineUnits: 4 }, 20, 25, 'LINE_LIMIT_UNITS'],
  [{ lineUnits: 4 }, 20, 15, 'LINE_LIMIT_UNITS'],
  [{ lineUnits: 4 }, 20, 24, null],
  [{ linePercent: 20 }, 20, 25, 'LINE_LIMIT_PERCENT'],
  [{ linePercent: 20 }, 10, 13, 'LINE_LIMIT_PERCENT'],
  [{ linePercent: 20 }, 20, 24, null],
  [{ linePercent: 20 }, 9, 18, null],
  [{ lineMoney: toDecimal('12.00') }, 20, 25, 'LINE_LIMIT_MONEY'],
  [{ lineMoney: toDecimal('12.00') }, 20, 15, 'LINE_LIMIT_MONEY'],
  [{ lineMoney: toDecimal('12.00') }, 20, 24, null],
  [{ holdDropToZero: true }, 20, 0, 'DROP_TO_ZERO'],
  [{ holdDropToZero: true }, 2, 0, 'DROP_TO_ZERO'],
  [{ holdDropToZero: true }, 1, 0, null],
  [{ holdDropToZero: true }, 20, 1, null],
  [{ holdDoubled: true }, 20, 40, 'DOUBLED'],
  [{ holdDoubled: true }, 5, 10, 'DOUBLED'],
  [{ holdDoubled: true }, 20, 39, null],
  [{ holdDoubled: true }, 4, 8, null],
  [{}, 20, 0, null],
  [{}, 20, 40, null],
]

async function startChange(brakes: Partial<BrakeLimits>, from: number, to: number): Promise<Story> {
  const story = startStory()
  story.on('2026-10-01')
  story.uses(from)
  await story.run()
  story.settings = { ...story.settings, brakes: { ...NO_BRAKES, ...brakes } }
  story.on('2026-10-05')
  story.uses(to)
  return story
}

test.each(cases)('with %o, a change from %i to %i: %s', async (brakes, from, to, code) => {
  const story = await startChange(brakes, from, to)
  expect(codesOf(await story.preview()).holds).toEqual(code === null ? [] : [code])
  await story.run()
  expect(story.units()['2026-10']).toBe(code === null ? to : from)
})

test('an approval lets exactly the approved change pass, and asks again for another', async () => {
  const story = await startChange({ lineUnits: 4 }, 20, 30)
  const [hold] = (await story.preview()).holds
  if (hold === undefined) throw new Error('nothing is held')
  story.approvals = [hold.adjustment]
  story.uses(31)
  expect(codesOf(await story.preview()).holds).toEqual(['LINE_LIMIT_UNITS'])
  story.uses(30)
  await story.run('APPROVED')
  expect(story.units()['2026-10']).toBe(30)
})

/*
 * Who approves +10 says nothing about whose units these are.
 *
 *     Oct 5: 20 -> 30, held by the brake, approved | somebody makes it 23 | held as a hand edit, not posted
 */
test('an approval does not let a line pass that is in doubt', async () => {
  const story = await startChange({ lineUnits: 4 }, 20, 30)
  story.ledger.edit(CONTRACT, ENDPOINT_SERVICE, toDay('2026-10-01'), 3)
  const [drifted] = (await story.preview()).holds
  if (drifted === undefined) throw new Error('nothing is held')
  story.approvals = [drifted.adjustment]
  expect(codesOf(await story.preview()).holds).toEqual(['DRIFT'])
  await story.run('APPROVED')
  expect(story.units()['2026-10']).toBe(23)
})
