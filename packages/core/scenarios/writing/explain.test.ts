import { expect, test } from 'vitest'
import { drawPlan } from '../../src/explain/draw-plan.ts'
import { explainAdjustment, explainLine } from '../../src/explain/explain-line.ts'
import type { CountingRule } from '../../src/settings.ts'
import {
  aService,
  aServiceMapping,
  CONTRACT,
  ENDPOINT_SERVICE,
  someUsage,
} from '../../src/testing/index.ts'
import type { DeviceUse } from '../../src/usage.ts'
import { toDay } from '../../src/values/day.ts'
import type { ApplicationName, DeviceId, ServiceId } from '../../src/values/ids.ts'
import { toDecimal } from '../../src/values/money.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 15: every planned line explains itself: counts, keys, rule, period, date choice, price and money.
 *
 *     Oct 1: 10 in use, 2 free: 8 | Oct 10: 14 in use, 2 free: 12 | Nov 1
 */
test('a plan drawn as text says what, why, from when and for how much', async () => {
  const counting = { includedUnits: 2 }
  const story = startStory({ mappings: [aServiceMapping({ counting })] })
  story.on('2026-10-01')
  story.uses(10)
  await story.run()
  story.on('2026-10-10')
  story.uses(14)
  const names = { account: () => 'Northwind Ltd', service: () => 'Managed endpoint' }
  expect(drawPlan(await story.preview(), names)).toBe(
    [
      'Plan for 2026-10-10',
      'To post',
      '  Northwind Ltd, Managed endpoint: 8 +4 = 12 from 2026-10-01',
      '    Endpoint Security: 14 counted on 2026-10-10 by key key-1. With 2 included free: 12 to bill.',
      '    From 2026-10-01 on the line carries 8 units; with 4 more it carries 12.',
      '    The day is 2026-10-01 because changes count from the start of the current period and the current period is not posted yet.',
      '    One unit costs 3.0000 a period: 12.0000 more in the period 2026-10-01 to 2026-10-31, 12.0000 more in every whole period after it.',
      '1 lines compared, 0 unchanged, 4 units up, 0 down, 12.0000 a period, 0.0000 a month at risk',
    ].join('\n'),
  )
})

/*
 * The same for a plan in which everything stands: a fall, a hold with its ways out, and what was found.
 *
 *     Endpoint   14 -> 12                                   to post: less money
 *     Server     10, entered by hand; 2 in use              held until a person says whose they are
 *     Mail       7 in use, mapped to nothing                found
 */
test('a plan drawn as text has what is held with its ways out, and what was found with what it costs', async () => {
  const [server, mail] = ['Server Security' as ApplicationName, 'Mail' as ApplicationName]
  const service = 'service-server' as ServiceId
  const story = startStory({
    mappings: [aServiceMapping(), aServiceMapping({ application: server, service })],
  })
  story.ledger.addService(aService({ id: service }))
  story.ledger.addLine(CONTRACT, service, toDay('2026-01-01'), 10)
  story.on('2026-10-01')
  story.uses(14)
  await story.run()
  story.on('2026-10-10')
  story.uses([
    someUsage(12),
    someUsage(2, { application: server }),
    someUsage(7, { application: mail }),
  ])
  expect(drawPlan(await story.preview())).toBe(
    [
      'Plan for 2026-10-10',
      'To post',
      '  account-northwind, service-endpoint: 14 -2 = 12 from 2026-10-01',
      '    Endpoint Security: 12 counted on 2026-10-10 by key key-1.',
      '    From 2026-10-01 on the line carries 14 units; with 2 fewer it carries 12.',
      '    The day is 2026-10-01 because changes count from the start of the current period and the current period is not posted yet.',
      '    One unit costs 3.0000 a period: 6.0000 less in the period 2026-10-01 to 2026-10-31, 6.0000 less in every whole period after it.',
      'Held',
      '  account-northwind, service-server: 10 -8 = 2 from 2026-10-01',
      '    Server Security: 2 counted on 2026-10-10 by key key-1.',
      '    From 2026-10-01 on the line carries 10 units; with 8 fewer it carries 2.',
      '    The day is 2026-10-01 because changes count from the start of the current period and the current period is not posted yet.',
      '    One unit costs 3.0000 a period: 24.0000 less in the period 2026-10-01 to 2026-10-31, 24.0000 less in every whole period after it.',
      '    UNOWNED_UNITS: The line already carries 10 units that Trueup did not write; 2 are due. Own the whole line, or keep those units on top.',
      '    ways out: OWN_LINE, KEEP_BASELINE, STOP, DISMISS',
      'Findings',
      '  WARNING APPLICATION_UNMAPPED: Mail is in use (7 units, 1 customers) and mapped to no service.',
      '2 lines compared, 0 unchanged, 0 units up, 2 down, -6.0000 a period, 0.0000 a month at risk',
    ].join('\n'),
  )
})

/*
 * Each step from what was counted to what is billed has its words.
 *
 *     Oct 1: 10     Oct 2: 16     Oct 3: 12, one of them excluded
 */
const [JUMP_HOST, DETECTION] = ['jump-host' as DeviceId, 'Detection' as ApplicationName]
const steps: readonly (readonly [Partial<CountingRule>, string])[] = [
  [{}, '12 counted on 2026-10-03 by key key-1.'],
  [
    { excludedDevices: [JUMP_HOST] },
    '12 counted on 2026-10-03 by key key-1. With 1 excluded: 11 to bill.',
  ],
  [
    { includedUnits: 2 },
    '12 counted on 2026-10-03 by key key-1. With 2 included free: 10 to bill.',
  ],
  [{ minimumUnits: 20 }, '12 counted on 2026-10-03 by key key-1. With at least 20: 20 to bill.'],
  [{ basis: 'PEAK' }, "16 counted at the period's peak on 2026-10-02 by key key-1."],
  [{ basis: 'AVERAGE' }, '13 counted on average over 3 days until 2026-10-03 by key key-1.'],
]

test.each(steps)('with %o the line says: %s', async (counting, sentence) => {
  const story = startStory({ mappings: [aServiceMapping({ counting })] })
  for (const [day, used] of [
    ['2026-10-01', 10],
    ['2026-10-02', 16],
    ['2026-10-03', 12],
  ] as const) {
    story.on(day)
    story.uses([someUsage(used, { devices: devicesOf(used) })])
  }
  const [line] = (await story.preview()).lines
  if (line === undefined) throw new Error('nothing is planned')
  expect(explainLine(line)[0]).toBe(`Endpoint Security: ${sentence}`)
})

function devicesOf(count: number): DeviceUse[] {
  return Array.from({ length: count }, (_, index) => {
    const device = index === 0 ? JUMP_HOST : (`pc-${index}` as DeviceId)
    return { device, name: device, category: 'WINDOWS_WORKSTATION', keys: ['key-1'] }
  })
}

/*
 *     Endpoint Security 12 + Detection 3 = 15; and 4 that were there before stay on top, or 4 fewer were adopted
 */
test.each([
  [4, '4 units that were there before stay on top.', 19],
  [1, '1 unit that was there before stay on top.', 16],
  [-4, '4 units fewer are billed, as a hand edit in the PSA was adopted.', 11],
])('two applications are summed, and of %i units beside the count is said: %s', async (...row) => {
  const [baselineUnits, sentence, after] = row
  const story = startStory({
    mappings: [aServiceMapping(), aServiceMapping({ application: DETECTION })],
  })
  const ownership = 'OWNED' as const
  story.journal.putRecord({
    contract: CONTRACT,
    service: ENDPOINT_SERVICE,
    ownership,
    baselineUnits,
  })
  story.on('2026-10-01')
  story.uses([someUsage(12), someUsage(3, { application: DETECTION })])
  const [line] = (await story.preview()).lines
  if (line === undefined) throw new Error('nothing is planned')
  expect(explainLine(line)).toEqual([
    'Detection: 3 counted on 2026-10-01 by key key-1.',
    'Endpoint Security: 12 counted on 2026-10-01 by key key-1.',
    'Together they make 15 units.',
    sentence,
    `The line carries 0 units and should carry ${after}.`,
  ])
})

/*
 * The price is the customer's own where the line has one; a change for next month says next month's days.
 *
 *     line 3.00, catalogue 5.00 by now          4 more: 12.00 from Nov 1 to Nov 30
 *     nobody tells a price                      no amount
 */
test('the price is that of the line, and the period is that of the change', async () => {
  const story = startStory({ settings: { effectiveDatePolicy: 'NEXT_PERIOD' } })
  story.ledger.addLine(CONTRACT, ENDPOINT_SERVICE, toDay('2026-01-01'), 0)
  story.ledger.addService(aService({ unitPrice: toDecimal('5.00') }))
  story.on('2026-10-10')
  story.uses(4)
  const [adjustment] = (await story.preview()).adjustments
  if (adjustment === undefined) throw new Error('nothing is planned')
  const { periodStart, periodEnd } = adjustment.explanation
  expect([periodStart, periodEnd]).toEqual(['2026-11-01', '2026-11-30'])
  expect(explainAdjustment(adjustment).at(-1)).toBe(
    'One unit costs 3.0000 a period: 12.0000 more in the period 2026-11-01 to 2026-11-30, 12.0000 more in every whole period after it.',
  )
})

test('where nobody tells a price, no amount is made up', async () => {
  const story = startStory()
  story.ledger.addService(aService({ unitPrice: null }))
  story.on('2026-10-10')
  story.uses(4)
  const [adjustment] = (await story.preview()).adjustments
  if (adjustment === undefined) throw new Error('nothing is planned')
  expect(explainAdjustment(adjustment).at(-1)).toBe(
    'The price is not known, so no amount is given.',
  )
})

test('the same is there as data, for a line that changes and for one that does not', async () => {
  const counting = { includedUnits: 2 }
  const story = startStory({ mappings: [aServiceMapping({ counting })] })
  story.on('2026-10-01')
  story.uses(10)
  await story.run()
  const unchanged = await story.preview()
  expect(unchanged.adjustments).toEqual([])
  story.on('2026-10-10')
  story.uses(14)
  const { lines, adjustments } = await story.preview()
  const facts = {
    policy: 'PERIOD_START',
    dateChoice: 'CURRENT_PERIOD_START',
    periodStart: '2026-10-01',
    periodEnd: '2026-10-31',
    baselineUnits: 0,
  }
  expect(unchanged.lines[0]).toMatchObject({ target: 8, billed: 8, explanation: facts })
  expect(lines[0]).toMatchObject({ target: 12, billed: 8, explanation: facts })
  expect(adjustments[0]?.explanation).toMatchObject(facts)
  expect(adjustments[0]?.explanation.counts).toEqual([
    {
      application: 'Endpoint Security',
      category: null,
      basis: 'CURRENT',
      snapshotIds: ['snapshot-2026-10-10-1'],
      usageDay: '2026-10-10',
      counted: 14,
      excluded: 0,
      included: 2,
      minimum: 0,
      billable: 12,
      keys: ['key-1'],
    },
  ])
})
