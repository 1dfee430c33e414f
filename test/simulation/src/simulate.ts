import { addDays, toDay, type Finding, type RunEvent } from '@trueup/core'
import { createMemoryJournal } from '@trueup/core/testing'
import type { CallSummary, SandboxOptions, UnitPeriodState } from '@trueup/sandbox'
import { runProgram, type Memory, type RunResult, type Start } from './billing-program.ts'
import { findCrowds, findRewritten, findUnexplained, findWrongUnits } from './checks.ts'
import { createDice, type Dice } from './dice.ts'
import type { Accident } from './mortal-parts.ts'
import { openOffice, policyOf, renewContracts } from './office.ts'
import { decideHolds } from './person.ts'
import { startPractice } from './practice.ts'
import { armFaults, chooseAccident, liveADay, post, type Scene } from './unrest.ts'

/** What to simulate. */
export interface SimulationOptions {
  readonly seed: number
  readonly months: number
  /** See {@link Start}. */
  readonly tamper?: Start['tamper']
}

/** What happened in one seed's months. */
export interface Story {
  runs: number
  /** Runs that died somewhere. */
  deaths: number
  /** Runs that ended because Autotask could not be read. */
  failures: number
  /** Adjustments that Autotask took through the API. */
  adjustments: number
  /** Of those, how many answers were cut off. */
  lostAnswers: number
  holds: number
  /** Lines with the right units, over all quiet days. */
  linesProven: number
}

/** Something that must never be. The message says what and when. */
export class SimulationFailure extends Error {
  override readonly name = 'SimulationFailure'
}

/** A story while it is told. */
interface Life {
  readonly scene: Scene
  readonly memory: Memory
  readonly tamper: Start['tamper']
  readonly story: Story
  /** Rows as they were when they were posted. */
  readonly invoiced: Map<number, UnitPeriodState>
  /** What happened, for the message of a failure. */
  readonly trail: string[]
}

/**
 * Months of a provider's life: every month some days of unrest (usage, hand edits, posting, faults of both vendors, a
 * program that dies anywhere), then a quiet day on which billing must come to rest on exactly what is used, with every
 * adjustment posted once. Throws a {@link SimulationFailure}.
 */
export async function simulate({ seed, months, tamper }: SimulationOptions): Promise<Story> {
  const dice = createDice(seed)
  const practice = await startPractice(chooseWorld(dice, seed))
  try {
    const office = openOffice(practice, dice)
    choosePosted({ practice, office, dice })
    const life = begin({ practice, office, dice }, tamper)
    for (let month = 1; month <= months; month += 1) {
      await liveUnrest(life)
      await comeToRest(life)
    }
    return { ...life.story, lostAnswers: countLostAnswers(practice.sandbox.calls()) }
  } finally {
    await practice.close()
  }
}

function begin(scene: Scene, tamper: Start['tamper']): Life {
  const { settings, approves } = scene.office
  const switches = scene.practice.sandbox.switches()
  const { version, reach } = scene.practice.sandbox.securityCenter.settings
  const life: Life = {
    scene,
    tamper,
    memory: { journal: createMemoryJournal(), readings: new Map(), seen: null, approvals: [] },
    story: {
      runs: 0,
      deaths: 0,
      failures: 0,
      adjustments: 0,
      lostAnswers: 0,
      holds: 0,
      linesProven: 0,
    },
    invoiced: new Map(),
    trail: [JSON.stringify({ ...settings, approves, ...switches, version, reach })],
  }
  noteInvoiced(life)
  return life
}

/** A small world in one of many positions of what is not known of the vendors. */
function chooseWorld(dice: Dice, seed: number): SandboxOptions {
  return {
    seed,
    day: addDays(toDay('2027-01-01'), dice.integer(0, 900)),
    virtualServers: dice.integer(4, 7),
    devices: dice.integer(60, 100),
    switches: {
      serviceTimeMs: 0,
      dateZone: dice.pick(['Z', 'none']),
      changeRowUnits: dice.pick(['total', 'difference']),
      changedPeriodRow: dice.pick(['whole', 'cut']),
      adjustmentItemId: dice.pick(['null', 'number']),
      missingItem: dice.pick(['null', '404']),
      fullLastPage: dice.pick(['closed', 'open']),
    },
    securityCenter: {
      version: dice.pick([14, 15, 16]),
      endOfRows: dice.pick(['withLastRows', 'emptyPage']),
      longs: dice.pick(['number', 'text']),
      reach: dice.pick(['everything', 'everything', 'ownRows', 'own']),
    },
  }
}

/**
 * What Autotask does with a change in a posted period. `TODAY` asks for such changes, and only `extra` bills them; with the
 * other two the running period is never right, and nothing is left to check.
 */
function choosePosted({ practice, office, dice }: Scene): void {
  const asks = office.customers.some((customer) => policyOf(office, customer) === 'TODAY')
  const postedPeriod = asks ? 'extra' : dice.pick(['extra', 'skip', 'reject'] as const)
  practice.sandbox.setSwitches({ postedPeriod })
}

async function liveUnrest(life: Life): Promise<void> {
  const { scene } = life
  for (let days = scene.dice.integer(2, 4); days > 0; days -= 1) {
    await liveADay(scene)
    armFaults(scene)
    noteInvoiced(life)
    for (let starts = scene.dice.integer(1, 2); starts > 0; starts -= 1) {
      await runOnce(life, chooseAccident(scene))
    }
  }
}

/** The most runs and decisions after which nothing may be left to do. */
const RUNS_TO_REST = 8

async function comeToRest(life: Life): Promise<void> {
  const { scene, memory } = life
  const { practice, office, dice } = scene
  practice.sandbox.clearFaults()
  practice.advance(dice.integer(0, 3))
  renewContracts(office, practice)
  for (let run = 1; ; run += 1) {
    if (run > RUNS_TO_REST) throw toFailure(life, [`not at rest after ${RUNS_TO_REST} runs`])
    const { ended, reason, plan, events } = await runOnce(life, null)
    if (ended !== 'FINISHED' || plan === null) {
      throw toFailure(life, [`a run without faults ended: ${reason}`])
    }
    const state = practice.sandbox.state()
    const hasDecided = await decideHolds(plan.holds, { office, memory, dice, state })
    if (!hasDecided && !events.some(movesUnits)) break
  }
  const state = practice.sandbox.state()
  const proof = findWrongUnits(state, office)
  expectNone(life, proof.faults)
  life.story.linesProven += proof.lines
  if (dice.chance(0.7)) post(scene)
  noteInvoiced(life)
}

/** Something was posted, or settled so that it is planned anew, which may wait for the next run's approval. */
function movesUnits(event: RunEvent): boolean {
  if (event.kind === 'settled') return event.settlement.kind !== 'UNKNOWN'
  return event.kind === 'posting'
}

/** One start of the program, and what must hold after any start. */
async function runOnce(life: Life, accident: Accident | null): Promise<RunResult> {
  const { scene, memory, tamper, story, trail } = life
  const { practice, office } = scene
  const { sandbox } = practice
  const faults = Object.keys(sandbox.armedFaults())
  const armed = faults.length > 1 ? 'storm' : faults.join()
  const before = sandbox.state().adjustments.length
  const result = await runProgram({ practice, office, memory, accident, tamper })
  const state = sandbox.state()
  trail.push(drawRun(practice.day(), { result, accident, armed }))
  countRun(story, result, state.adjustments.slice(before).filter(({ by }) => by === 'api').length)
  // A brake of the whole run parks an account by right (product.md, rule 12); a broken invariant is a bug.
  const parked = result.plan?.findings.find(
    ({ code, facts }) => code === 'ACCOUNT_PARKED' && facts['because'] === 'INVARIANT',
  )
  expectNone(life, [
    ...findUnexplained(state, memory.journal.entries()),
    ...findRewritten(state, life.invoiced),
    ...findCrowds(sandbox.calls()),
    ...(parked ? [`a customer was parked: ${JSON.stringify(parked.facts)}`] : []),
  ])
  noteInvoiced(life)
  return result
}

function countRun(story: Story, { ended, plan }: RunResult, adjustments: number): void {
  story.runs += 1
  story.adjustments += adjustments
  if (ended === 'DIED') story.deaths += 1
  if (ended === 'FAILED') story.failures += 1
  story.holds += plan?.holds.length ?? 0
}

function countLostAnswers({ log }: CallSummary): number {
  return log.filter(({ operation, status }) => operation.includes('Adjustments') && status === 0)
    .length
}

/** Keeps posted rows as they are now, where they are not kept yet. */
function noteInvoiced({ scene, invoiced }: Life): void {
  for (const row of scene.practice.sandbox.state().unitPeriods) {
    if (row.posted && !invoiced.has(row.id)) invoiced.set(row.id, row)
  }
}

function drawRun(
  day: string,
  { result, accident, armed }: { result: RunResult; accident: Accident | null; armed: string },
): string {
  const happened = accident === null ? '' : ` ${accident.kind} at call ${accident.call}`
  const events = result.events.flatMap((event) => {
    if (event.kind === 'settled') return [`settled ${event.intent.key} ${event.settlement.kind}`]
    if (event.kind === 'held') {
      const { code, facts, adjustment } = event.hold
      return [`held ${adjustment.key} ${code} ${JSON.stringify(facts)}`]
    }
    if (event.kind === 'found') return drawFinding(event.finding)
    if (!('intent' in event)) return []
    const { key, before, after, effectiveDay } = event.intent
    return [`${event.kind} ${key} ${before} to ${after} from ${effectiveDay}`]
  })
  const head = `${day} [${armed}]${happened}: ${result.ended} ${result.reason ?? ''}`
  return [head, ...events].join('\n    ')
}

/** What keeps a customer from being billed; the rest explains nothing here. */
function drawFinding({ code, severity, subject, facts }: Finding): string[] {
  const isTold = severity === 'BLOCKING' && code !== 'TENANT_UNMAPPED'
  return isTold ? [`${code} ${subject.name} ${JSON.stringify(facts)}`] : []
}

/** How much of the story a failure tells. */
const TRAIL_LENGTH = 12

function expectNone(life: Life, faults: readonly string[]): void {
  if (faults.length > 0) throw toFailure(life, faults)
}

function toFailure({ trail }: Life, faults: readonly string[]): SimulationFailure {
  const [settings = '', ...runs] = trail
  const told = [...faults.map((fault) => `✗ ${fault}`), settings, ...runs.slice(-TRAIL_LENGTH)]
  return new SimulationFailure(told.join('\n  '))
}
