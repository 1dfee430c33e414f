import { expect, test } from 'vitest'
import { sumMoney, subtractMoney } from '../../src/values/money.ts'
import { CONTRACT, ENDPOINT_SERVICE } from '../../src/testing/index.ts'
import type { Story } from '../../test/support/story.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 14, peers 6.3 ("preview is a second implementation and drifts"): what the preview says is what is written, line by
 * line and amount by amount, whatever the date policy.
 *
 *     Oct 5: 10     Oct 12: preview says +5 from some day for some money     run: the same
 */
const policies = ['PERIOD_START', 'NEXT_PERIOD', 'TODAY', 'ASYMMETRIC'] as const

function billed(story: Story): ReturnType<typeof sumMoney> {
  const rows = story.ledger.rows(CONTRACT, ENDPOINT_SERVICE)
  return sumMoney(rows.map(({ price }) => price).filter((price) => price !== null))
}

test.each(policies)(
  '%s: the run writes what its preview said, for the same money',
  async (policy) => {
    const story = startStory({ settings: { effectiveDatePolicy: policy } })
    story.on('2026-10-05')
    story.uses(10)
    await story.run()
    story.on('2026-10-12')
    story.uses(15)
    const preview = await story.preview()
    const before = billed(story)
    const events = await story.run()
    const planned = events.flatMap((event) => (event.kind === 'planned' ? [event.adjustment] : []))
    const written = events.flatMap((event) =>
      event.kind === 'confirmed' ? [event.adjustment] : [],
    )
    expect(planned).toEqual(preview.adjustments)
    expect(written).toEqual(preview.adjustments)

    const [first] = preview.adjustments
    if (first?.money.firstPeriod === undefined) throw new Error('nothing is planned')
    const later = first.money.periodStart === '2026-10-01' ? 2 : 1
    const promised = Array.from({ length: later }, () => first.money.perPeriod)
    expect(subtractMoney(billed(story), before)).toBe(
      sumMoney([first.money.firstPeriod, ...promised].filter((amount) => amount !== null)),
    )
  },
)
