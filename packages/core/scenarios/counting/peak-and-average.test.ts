import { expect, test } from 'vitest'
import { aServiceMapping } from '../../src/testing/index.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 4, PEAK and AVERAGE: the readings of the billing period that contains the day.
 *
 *     Sep 28   | Oct 1   Oct 2   Oct 2 (again)   Oct 3
 *       90     |  10      14         15            8
 *     September does not count in October; of Oct 2 only the last reading counts.
 *
 *     peak: 15          average: (10 + 15 + 8) / 3 = 11
 */
async function billed(basis: 'PEAK' | 'AVERAGE'): Promise<number | undefined> {
  const story = startStory({ mappings: [aServiceMapping({ counting: { basis } })] })
  for (const [day, units] of [
    ['2026-09-28', 90],
    ['2026-10-01', 10],
    ['2026-10-02', 14],
    ['2026-10-02', 15],
    ['2026-10-03', 8],
  ] as const) {
    story.on(day)
    story.uses(units)
  }
  await story.run()
  return story.units()['2026-10']
}

test('the peak of the period is billed', async () => {
  expect(await billed('PEAK')).toBe(15)
})

test('the average of the days of the period is billed, one number a day', async () => {
  expect(await billed('AVERAGE')).toBe(11)
})

/*
 *     10 11         10.5  is billed as 11
 *     10 10 11      10.33 is billed as 10
 *     10 11 11      10.67 is billed as 11
 */
test.each([
  [[10, 11], 11],
  [[10, 10, 11], 10],
  [[10, 11, 11], 11],
])(
  'the average of %j is billed as %i: one half is rounded up, less is rounded down',
  async (...row) => {
    const [counts, units] = row
    const story = startStory({ mappings: [aServiceMapping({ counting: { basis: 'AVERAGE' } })] })
    for (const [index, counted] of counts.entries()) {
      story.on(`2026-10-0${index + 1}`)
      story.uses(counted)
    }
    await story.run()
    expect(story.units()['2026-10']).toBe(units)
  },
)

/*
 *     Oct 1   Oct 2
 *       5       -       not in use any more: the peak is still 5, the average of the two days 2.5
 */
test.each([
  ['PEAK', 5],
  ['AVERAGE', 3],
] as const)('a day on which nobody used it counts for the %s as well', async (basis, units) => {
  const story = startStory({ mappings: [aServiceMapping({ counting: { basis } })] })
  story.on('2026-10-01')
  story.uses(5)
  story.on('2026-10-02')
  story.uses(0)
  await story.run()
  expect(story.units()['2026-10']).toBe(units)
})

test('an incomplete reading inside the period is no day of the average', async () => {
  const story = startStory({ mappings: [aServiceMapping({ counting: { basis: 'AVERAGE' } })] })
  story.on('2026-10-01')
  story.uses(10)
  story.on('2026-10-02')
  story.readingBreaks()
  story.on('2026-10-03')
  story.uses(20)
  await story.run()
  expect(story.units()['2026-10']).toBe(15)
})

/*
 *     Oct 30   Oct 31  | Nov 1   Nov 2
 *       90       40    |  10      12        October keeps 90; November begins anew
 */
test.each([
  ['PEAK', 12],
  ['AVERAGE', 11],
] as const)('a new period begins its own %s', async (basis, november) => {
  const story = startStory({ mappings: [aServiceMapping({ counting: { basis } })] })
  for (const [day, units] of [
    ['2026-10-30', 90],
    ['2026-10-31', 40],
    ['2026-11-01', 10],
    ['2026-11-02', 12],
  ] as const) {
    story.on(day)
    story.uses(units)
    await story.run()
  }
  expect(story.units()['2026-10']).toBe(basis === 'PEAK' ? 90 : 65)
  expect(story.units()['2026-11']).toBe(november)
})
