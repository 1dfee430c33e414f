import type { EffectiveDatePolicy } from '../../src/settings.ts'
import type { UnitBookRules } from '../../src/testing/index.ts'
import type { Day } from '../../src/values/day.ts'
import { addDays, toDay } from '../../src/values/day.ts'
import type { PeriodMonths } from '../../src/ledger.ts'
import type { Draw } from './draw.ts'
import { drawn } from './draw.ts'
import { somePolicy } from './some-customer.ts'
import type { Story } from './story.ts'
import { startStory } from './story.ts'

/** A story as data, so that it can be told twice and printed. */
export interface Script {
  readonly startDay: Day
  readonly endDay: Day
  readonly periodMonths: PeriodMonths
  readonly rules: UnitBookRules
  /** Days with a run each; what is posted is posted after the run. */
  readonly past: readonly ScriptDay[]
  /** The day the law is about: the reading is there, the run is not. */
  readonly today: ScriptDay
}

interface ScriptDay {
  readonly day: Day
  readonly units: number
  readonly policy: EffectiveDatePolicy
  readonly isPosted: boolean
}

/** A contract that has been billed for a while without faults, and a new reading. */
export const someScript = drawn((draw): Script => {
  const startDay = addDays(toDay('2026-01-01'), -draw.upTo(60))
  let day = addDays(toDay('2026-01-05'), draw.upTo(20))
  const policy = somePolicy(draw)
  const past: ScriptDay[] = []
  const rules = someRules(draw)
  const periodMonths = draw.pick<PeriodMonths>([1, 3, 6, 12])
  const endDay = rules.insideRows === 'HIDDEN' ? FAR_END : someEnd(draw)
  for (let step = draw.upTo(5); step > 0; step -= 1) {
    past.push(someDay(draw, day, policy))
    day = addDays(day, draw.upTo(25))
  }
  return { startDay, endDay, periodMonths, rules, past, today: someDay(draw, day, policy) }
})

/** What Autotask leaves unknown, one way or another. */
export function someRules(draw: Draw): UnitBookRules {
  return {
    insideRows: draw.pick(['TOTAL', 'DIFFERENCE', 'SPLIT', 'WHOLE', 'HIDDEN']),
    postedPeriod: draw.pick(['SKIP', 'REJECT', 'EXTRA']),
  }
}

/** Tells a script up to the run of its last day. */
export async function tell(script: Script): Promise<Story> {
  const { startDay, endDay, periodMonths, rules, past, today } = script
  const story = startStory({ contract: { startDay, endDay, periodMonths }, rules })
  for (const one of past) {
    begin(story, one)
    await story.run()
    if (one.isPosted) story.ledger.post(one.day)
  }
  begin(story, today)
  return story
}

/** It is that day, and its reading is there. */
export function begin(story: Story, { day, units, policy }: ScriptDay): void {
  story.on(day)
  story.settings = { ...story.settings, effectiveDatePolicy: policy }
  story.uses(units)
}

/** Going back and forth between whole periods and days inside them makes lines that are held as unreadable. */
const WHOLE_PERIODS = ['PERIOD_START', 'NEXT_PERIOD', 'ASYMMETRIC'] as const

/** In a contract's last period nothing tells of a change that does not show: a person has to look there. */
const FAR_END = toDay('2029-12-31')

function someEnd(draw: Draw): Day {
  return addDays(toDay('2026-06-30'), draw.once(3) ? -draw.upTo(100) : draw.upTo(400))
}

function someDay(draw: Draw, day: Day, policy: EffectiveDatePolicy): ScriptDay {
  return {
    day,
    units: draw.upTo(20),
    policy: policy !== 'TODAY' && draw.once(5) ? draw.pick(WHOLE_PERIODS) : policy,
    isPosted: draw.once(3),
  }
}
