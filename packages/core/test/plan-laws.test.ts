import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawPlan } from '../src/explain/draw-plan.ts'
import { explainAdjustment } from '../src/explain/explain-line.ts'
import { sumRiskByTenant } from '../src/issue.ts'
import type { Plan, PlannedAdjustment } from '../src/plan.ts'
import type { ReconcileInput } from '../src/reconcile.ts'
import { reconcile } from '../src/reconcile.ts'
import { NO_BRAKES } from '../src/settings.ts'
import { sumMoney } from '../src/values/money.ts'
import { isPeriodStart } from '../src/values/period.ts'
import type { Law } from './support/cases.ts'
import { must, mustEqual, tryLaw } from './support/cases.ts'
import { PLACES, placesReached } from './support/places.ts'
import { shuffled, someInput } from './support/some-input.ts'

const LAWS: readonly Law<ReconcileInput>[] = [
  {
    name: 'planning changes nothing it was given, and the stored input gives the same plan again',
    holds: (input) => {
      const stored = JSON.stringify(input)
      const plan = reconcile(input)
      must(JSON.stringify(input) === stored, 'the input was changed')
      mustEqual(reconcile(JSON.parse(stored) as ReconcileInput), plan, 'the replay')
    },
  },
  {
    name: 'no key appears twice, and no line is adjusted twice on one day',
    holds: (input) => {
      const all = everyAdjustment(reconcile(input))
      mustEqual(new Set(all.map(({ key }) => key)).size, all.length, 'different keys')
      const places = all.map((one) => `${lineOf(one)} ${one.effectiveDay}`)
      mustEqual(new Set(places).size, all.length, 'different lines and days')
    },
  },
  {
    name: 'units are whole and never negative, and every change is one',
    holds: (input) => {
      for (const { before, change, after } of everyAdjustment(reconcile(input))) {
        must(Number.isSafeInteger(after) && after >= 0 && before >= 0, `${before} to ${after}`)
        must(change !== 0 && after - before === change, `${before} ${change} ${after}`)
      }
    },
  },
  {
    name: 'an incomplete reading changes nothing of its tenant, and is found',
    holds: (input) => {
      const plan = reconcile({ ...input, usage: withBrokenReading(input) })
      mustEqual([plan.adjustments, plan.holds, plan.lines], [[], [], []], 'the plan')
      must(plan.findings.length >= input.accountMappings.length, 'each customer has a finding')
    },
  },
  {
    name: 'every adjustment explains itself, in facts that add up and in whole sentences',
    holds: (input) => {
      const plan = reconcile(input)
      for (const { target, explanation } of plan.lines) {
        const { counts, baselineUnits } = explanation
        const counted = counts.reduce((sum, { billable }) => sum + billable, 0)
        mustEqual(target, Math.max(0, counted + baselineUnits), 'the target')
      }
      for (const adjustment of everyAdjustment(plan)) {
        must(adjustment.explanation.counts.length > 0, 'counts are named')
        must(explainAdjustment(adjustment).length >= 4, 'count, units, day and money are said')
      }
      must(!/undefined|NaN|null|object/.test(drawPlan(plan)), drawPlan(plan))
    },
  },
  {
    name: 'a change lies inside its contract, and on a period start unless the policy is the run day',
    holds: (input) => {
      for (const { contract, effectiveDay, explanation } of everyAdjustment(reconcile(input))) {
        const found = input.ledger.contracts.find(({ id }) => id === contract)
        must(found !== undefined, 'the contract exists')
        must(effectiveDay >= found.startDay && effectiveDay <= found.endDay, effectiveDay)
        const isStart = isPeriodStart(
          { ...found, periodMonths: found.periodMonths ?? 1 },
          effectiveDay,
        )
        must(isStart || explanation.policy === 'TODAY', `${effectiveDay} is no period start`)
        must(isStart || effectiveDay >= input.day, `${effectiveDay} is in the past`)
      }
    },
  },
  {
    name: 'no change touches a whole period that is posted',
    holds: (input) => {
      for (const { line, effectiveDay } of everyAdjustment(reconcile(input))) {
        const rows = input.ledger.unitPeriods.filter((row) => row.line === line)
        const touched = rows.filter((row) => row.startDay >= effectiveDay && row.postedDay !== null)
        mustEqual(touched, [], 'posted periods that change')
      }
    },
  },
  {
    name: 'a line that is not ours, was edited, or has something unsettled, is never posted to',
    holds: (input) => {
      for (const { contract, service, before, effectiveDay } of reconcile(input).adjustments) {
        const record = input.lineRecords.find(
          (one) => one.contract === contract && one.service === service,
        )
        must(before === 0 || record?.ownership === 'OWNED', 'units that are not ours')
        must(record?.ownership !== 'STOPPED', 'a stopped line')
        must((record?.unsettledKey ?? null) === null, 'an unsettled line')
        must((record?.lapsedInARow ?? 0) < 2, 'a line whose last two posts never arrived')
        const written = record?.confirmed ?? null
        const isCovered = written !== null && effectiveDay >= written.effectiveDay
        must(!isCovered || before === written.units, 'a line that somebody edited')
      }
    },
  },
  {
    name: 'each compared line is either posted, held or left as it is',
    holds: (input) => {
      const plan = reconcile(input)
      const posted = new Set(plan.adjustments.map(lineOf))
      const held = new Set(plan.holds.map(({ adjustment }) => lineOf(adjustment)))
      const compared = new Set(plan.lines.map(lineOf))
      mustEqual(
        [...posted].filter((line) => held.has(line)),
        [],
        'posted and held',
      )
      mustEqual(
        [...posted, ...held].filter((line) => !compared.has(line)),
        [],
        'never compared',
      )
      const { linesUnchanged } = plan.totals
      mustEqual(linesUnchanged + posted.size + held.size, plan.lines.length, 'all lines')
    },
  },
  {
    name: 'without limits for the run each customer is planned as if it were alone',
    holds: (input) => {
      const calm = withoutBrakes(input)
      const alone = calm.accountMappings.flatMap(
        (mapping) => reconcile({ ...calm, accountMappings: [mapping] }).adjustments,
      )
      mustEqual(numbersOf(reconcile(calm).adjustments), numbersOf(alone), 'adjustments')
    },
  },
  {
    name: 'what is skipped customer by customer makes what is skipped in all, each as if it were alone',
    holds: (input) => {
      const { findings, totals } = reconcile(input)
      const risks = sumRiskByTenant(findings)
      mustEqual(sumMoney(risks.values()), totals.revenueAtRiskPerMonth, 'all customers')
      for (const mapping of input.accountMappings) {
        const alone = reconcile({ ...input, accountMappings: [mapping] }).totals
        const [own, sole] = [risks.get(mapping.tenant) ?? 0, alone.revenueAtRiskPerMonth]
        must(Math.abs(Number(own) - Number(sole)) < 0.001, `${own} among all, ${sole} alone`)
      }
    },
  },
  {
    name: 'a brake holds changes and never makes, loses or alters one',
    holds: (input) => {
      const free = reconcile(withoutBrakes(input))
      mustEqual(
        numbersOf(everyAdjustment(reconcile(input))),
        numbersOf(everyAdjustment(free)),
        'adjustments and holds together',
      )
    },
  },
  {
    name: 'approving what only a brake holds posts it, and nothing else',
    holds: (input) => {
      const approvals = everyAdjustment(reconcile(input))
      mustEqual(
        reconcile({ ...input, approvals }).adjustments,
        reconcile(withoutBrakes(input)).adjustments,
        'adjustments',
      )
      const braked = reconcile(input).holds.filter(({ exits }) => exits.includes('APPROVE'))
      for (const line of new Set(braked.map(({ adjustment }) => lineOf(adjustment)))) {
        const own = braked.flatMap(({ adjustment }) =>
          lineOf(adjustment) === line ? [adjustment] : [],
        )
        const posted = reconcile({ ...input, approvals: own }).adjustments.map(({ key }) => key)
        must(
          own.every(({ key }) => posted.includes(key)),
          'one approved line is posted',
        )
      }
    },
  },
  {
    name: 'reading the same more often a day changes no plan',
    holds: (input) => {
      const usage = input.usage.map(({ tenant, readings }) => ({
        tenant,
        readings: readings.flatMap((one) => [
          { ...one, snapshotId: `${one.snapshotId}-before`, takenAtMs: one.takenAtMs - 100 },
          one,
        ]),
      }))
      mustEqual(reconcile({ ...input, usage }), reconcile(input), 'the plan')
    },
  },
  {
    name: 'reading all customers in one snapshot, or each in one of its own, changes no plan',
    holds: (input) => {
      const usage = input.usage.map(({ tenant, readings }) => ({
        tenant,
        readings: readings.map((one) => {
          return { ...one, snapshotId: one.snapshotId.replace(`-${tenant}-`, '-everybody-') }
        }),
      }))
      const merged = reconcile({ ...input, usage })
      mustEqual(withoutSnapshotIds(merged), withoutSnapshotIds(reconcile(input)), 'the plan')
    },
  },
  {
    name: 'splitting an application in two that are billed on one service changes no units',
    holds: (input) => {
      const numbers = (plan: Plan): string[] => numbersOf(everyAdjustment(plan))
      mustEqual(
        numbers(reconcile(withSplitApplications(input))),
        numbers(reconcile(input)),
        'units',
      )
    },
  },
]

test.each(LAWS)('$name', async ({ holds }) => {
  await expect(tryLaw(someInput, holds)).resolves.toBeUndefined()
})

test('the order of the inputs does not matter', async () => {
  const inputAndSeed = fc.tuple(someInput, fc.nat({ max: 999 }))
  const holds = ([input, seed]: [ReconcileInput, number]): void =>
    mustEqual(reconcile(shuffled(input, seed)), reconcile(input), 'the plan')
  await expect(tryLaw(inputAndSeed, holds)).resolves.toBeUndefined()
})

test('the inputs of these laws reach all that matters, again and again', () => {
  const seen = new Map<string, number>()
  for (const input of fc.sample(someInput, { numRuns: 3_000, seed: 7 })) {
    for (const place of placesReached(input, reconcile(input))) {
      seen.set(place, (seen.get(place) ?? 0) + 1)
    }
  }
  expect(PLACES.filter((place) => (seen.get(place) ?? 0) < 3)).toEqual([])
})

function everyAdjustment(plan: Plan): PlannedAdjustment[] {
  return [...plan.adjustments, ...plan.holds.map(({ adjustment }) => adjustment)]
}

function lineOf(one: Pick<PlannedAdjustment, 'contract' | 'service' | 'line'>): string {
  return `${one.contract}/${one.service}/${one.line ?? 'new'}`
}

function numbersOf(adjustments: readonly PlannedAdjustment[]): string[] {
  return adjustments
    .map(({ key, effectiveDay, before, after }) => `${key} ${effectiveDay} ${before} ${after}`)
    .sort()
}

function withoutSnapshotIds(plan: Plan): unknown {
  return JSON.parse(
    JSON.stringify(plan, (key, value: unknown) => (key === 'snapshotIds' ? null : value)),
  )
}

function withoutBrakes(input: ReconcileInput): ReconcileInput {
  return { ...input, settings: { ...input.settings, brakes: NO_BRAKES } }
}

function withBrokenReading({ usage, day }: ReconcileInput): ReconcileInput['usage'] {
  return usage.map(({ tenant, readings }) => ({
    tenant,
    readings: [
      ...readings,
      {
        snapshotId: 'broken',
        usageDay: day,
        takenAtMs: 99,
        reading: { tenant, complete: false, reason: 'CUT' },
      },
    ],
  }))
}

/** Moves the servers of every plainly counted application into an application of their own on the same service. */
function withSplitApplications(input: ReconcileInput): ReconcileInput {
  const rest = <T extends string>(name: T): T => `${name} (rest)` as T
  const plain = input.serviceMappings.filter(({ counting, category }) => {
    const { basis, includedUnits, minimumUnits, excludedDevices } = counting
    const isPlain = includedUnits + minimumUnits + excludedDevices.length === 0
    return category === null && basis === 'CURRENT' && isPlain
  })
  const names = new Set(plain.map(({ application }) => application))
  const none = { WINDOWS_WORKSTATION: 0, WINDOWS_SERVER: 0, NON_WINDOWS: 0, UNKNOWN: 0 }
  const usage = input.usage.map(({ tenant, readings }) => ({
    tenant,
    readings: readings.map((dated) => {
      if (!dated.reading.complete) return dated
      const applications = dated.reading.applications.flatMap((one) => {
        const moved = one.byCategory?.WINDOWS_SERVER ?? 0
        if (!names.has(one.application) || one.byCategory === undefined) return [one]
        const [stays, moves] = [
          { ...one.byCategory, WINDOWS_SERVER: 0 },
          { ...none, WINDOWS_SERVER: moved },
        ]
        const application = rest(one.application)
        return [
          { ...one, quantity: one.quantity - moved, byCategory: stays },
          { ...one, application, quantity: moved, byCategory: moves },
        ]
      })
      return { ...dated, reading: { ...dated.reading, applications } }
    }),
  }))
  const added = input.serviceMappings
    .filter(({ application }) => names.has(application))
    .map((one) => ({ ...one, application: rest(one.application) }))
  return { ...input, usage, serviceMappings: [...input.serviceMappings, ...added] }
}
