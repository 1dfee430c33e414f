import { expect, test } from 'vitest'
import type { Counter } from '../src/decisions/counter-plan.ts'
import type { PlannedAdjustment } from '../src/plan.ts'
import { planCounter, runCounter } from '../src/run/run-counter.ts'
import type { RunEvent } from '../src/run/events.ts'
import { CONTRACT, ENDPOINT_SERVICE } from '../src/testing/index.ts'
import { sumMoney, subtractMoney } from '../src/values/money.ts'
import type { DecimalText } from '../src/values/money.ts'
import type { Law } from './support/cases.ts'
import { must, mustEqual, tryLaw } from './support/cases.ts'
import type { Script } from './support/script.ts'
import { begin, someScript, tell } from './support/script.ts'
import type { Story } from './support/story.ts'

const LAWS: readonly Law<Script>[] = [
  {
    name: 'preview equals run: what a run posts is what its preview said, number by number',
    holds: async (script) => {
      const story = await tell(script)
      const preview = await story.preview()
      const events = await story.run()
      mustEqual(postedOf(events), preview.adjustments.map(numbersOf).sort(), 'what is posted')
    },
  },
  {
    name: 'running again after a run finds nothing to do',
    holds: async (script) => {
      const story = await tell(script)
      await story.run()
      const again = await story.preview()
      mustEqual([again.adjustments, again.holds], [[], []], 'the second plan')
    },
  },
  {
    name: 'running n times leaves the units that running once leaves',
    holds: async (script) => {
      const [once, often] = [await tell(script), await tell(script)]
      await once.run()
      for (let run = 0; run < 3; run += 1) await often.run()
      mustEqual(often.units(), once.units(), 'units')
    },
  },
  {
    name: 'after a run every line carries its target from its day on',
    holds: async (script) => {
      const story = await tell(script)
      const { holds } = await story.preview()
      mustEqual(holds, [], 'nobody but Trueup has touched the line')
      await story.run()
      for (const { target, billed } of (await story.preview()).lines) {
        const isDownLater = story.settings.effectiveDatePolicy === 'ASYMMETRIC'
        must(billed === target || (isDownLater && billed > target), `${billed}, not ${target}`)
      }
    },
  },
  {
    name: 'taking back what the newest runs wrote, in one go, returns what is billed from then on to before',
    holds: async ({ past, today, ...script }) => {
      const [last = today] = past.slice(-1)
      const story = await tell({ ...script, past: past.slice(0, -1), today: last })
      const before = unitsByDay(story)
      const taken = await confirmedBy(story)
      if (last.isPosted) story.ledger.post(last.day)
      if (last !== today) {
        begin(story, today)
        taken.push(...(await confirmedBy(story)))
      }
      const counters = taken.map((one) => takeBack(one))
      const { plan } = await planCounter(story, { ...story.request(), counters })
      const request = { ...story.request(), counters: counters.reverse(), apply: 'ALL' as const }
      const posted = postedOf(await drain(runCounter(story, request)))
      mustEqual(posted, plan.adjustments.map(numbersOf).sort(), 'what is posted')
      if (plan.findings.length + plan.holds.length > 0) return
      mustEqual(plan.adjustments.length, taken.length, 'one counter-adjustment each')
      for (const [day, units] of unitsByDay(story)) {
        mustEqual(units, before.get(day) ?? 0, `units from ${day}`)
      }
    },
  },
  {
    name: 'the money of a plan is what the prices of the periods really change by',
    holds: async (script) => {
      // Only a row that a change adds shows what the change alone costs.
      if (!['TOTAL', 'DIFFERENCE'].includes(script.rules.insideRows)) return
      const story = await tell(script)
      const before = pricesOf(story)
      const { adjustments } = await story.preview()
      if (adjustments.length !== 1) return
      await story.run()
      const [adjustment] = adjustments
      must(adjustment !== undefined, 'there is one')
      const { periodEnd, firstPeriod } = adjustment.money
      const change = subtractMoney(
        sumUntil(pricesOf(story), periodEnd),
        sumUntil(before, periodEnd),
      )
      mustEqual(firstPeriod, change, 'the first period')
    },
  },
]

test.each(LAWS)('$name', async ({ holds }) => {
  await expect(tryLaw(someScript, holds)).resolves.toBeUndefined()
})

/** Runs, and gives what was confirmed. */
async function confirmedBy(story: Story): Promise<PlannedAdjustment[]> {
  const events = await story.run()
  return events.flatMap((event) => (event.kind === 'confirmed' ? [event.adjustment] : []))
}

function takeBack(taken: PlannedAdjustment): Counter {
  return { kind: 'TAKE_BACK', taken, isTakenBack: false }
}

async function drain(events: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const all: RunEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

function numbersOf(one: { effectiveDay: string; before: number; after: number }): string {
  return `${one.effectiveDay} ${one.before} ${one.after}`
}

function postedOf(events: readonly RunEvent[]): string[] {
  return events
    .flatMap((event) => (event.kind === 'posting' ? [numbersOf(event.intent)] : []))
    .sort()
}

function unitsByDay(story: Story): Map<string, number> {
  return new Map(Object.entries(story.ledger.unitsByPeriod(CONTRACT, ENDPOINT_SERVICE)))
}

function pricesOf(story: Story): { startDay: string; price: DecimalText | null }[] {
  return [...story.ledger.rows(CONTRACT, ENDPOINT_SERVICE)]
}

function sumUntil(
  rows: readonly { startDay: string; price: DecimalText | null }[],
  through: string,
): DecimalText {
  return sumMoney(
    rows.flatMap(({ startDay, price }) => (startDay <= through && price !== null ? [price] : [])),
  )
}
