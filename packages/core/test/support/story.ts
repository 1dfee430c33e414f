import type { LineRecord } from '../../src/history.ts'
import type { Contract } from '../../src/ledger.ts'
import type { Plan } from '../../src/plan.ts'
import type { Approval } from '../../src/reconcile.ts'
import type { RunEvent } from '../../src/run/events.ts'
import type { RunParts } from '../../src/run/parts.ts'
import type { RunRequest } from '../../src/run/plan-run.ts'
import { planRun } from '../../src/run/plan-run.ts'
import type { ApplyMode } from '../../src/run/apply-plan.ts'
import { runBilling } from '../../src/run/run-billing.ts'
import type { AccountMapping, BillingSettings, ServiceMapping } from '../../src/settings.ts'
import type { MemoryJournal, MemoryLedger, UnitBookRules } from '../../src/testing/index.ts'
import {
  aContract,
  anAccountMapping,
  anIncompleteReading,
  aReading,
  aService,
  aServiceMapping,
  CONTRACT,
  createFakeClock,
  createMemoryJournal,
  createMemoryLedger,
  ENDPOINT_SERVICE,
  someSettings,
  someUsage,
} from '../../src/testing/index.ts'
import type { ApplicationUsage, DatedReading } from '../../src/usage.ts'
import type { Day } from '../../src/values/day.ts'
import { toDay } from '../../src/values/day.ts'
import type { ApplicationName, ServiceId } from '../../src/values/ids.ts'

/** What a story starts with; everything else is Northwind with a monthly contract for 2026. */
export interface StoryStart {
  readonly contract?: Partial<Contract>
  readonly settings?: Partial<BillingSettings>
  readonly account?: Partial<AccountMapping>
  readonly mappings?: readonly ServiceMapping[]
  readonly rules?: Partial<UnitBookRules>
}

/** One customer's billing over time: what is used, what people do, what runs write. */
export interface Story {
  readonly ledger: MemoryLedger
  readonly journal: MemoryJournal
  readonly clock: ReturnType<typeof createFakeClock>
  settings: BillingSettings
  account: AccountMapping
  mappings: readonly ServiceMapping[]
  approvals: readonly Approval[]
  /** It is this day now. */
  on(day: string): void
  /** A complete reading of today: a number of devices, or whole applications. */
  uses(usage: number | readonly ApplicationUsage[]): void
  /** Today's reading does not come to its end. */
  readingBreaks(reason?: string): void
  request(): RunRequest
  preview(): Promise<Plan>
  /** Runs, with other ports than the story's own where a test puts itself in between. */
  run(apply?: ApplyMode, ports?: Partial<RunParts>): Promise<readonly RunEvent[]>
  /** Units of each whole period by its start, as `YYYY-MM` where it starts on the 1st. */
  units(service?: ServiceId): Readonly<Record<string, number>>
  /** What the journal knows of the line. */
  record(service?: ServiceId): LineRecord
}

/** Begins a story. */
export function startStory(start: StoryStart = {}): Story {
  const ledger = createMemoryLedger(start.rules)
  ledger.addContract(aContract(start.contract))
  ledger.addService(aService())
  const journal = createMemoryJournal()
  const clock = createFakeClock()
  const readings: DatedReading[] = []
  let today: Day = toDay('2026-01-01')

  const addReading = (reading: DatedReading): void => {
    const snapshotId = `${reading.snapshotId}-${readings.length}`
    readings.push({ ...reading, snapshotId, takenAtMs: readings.length })
  }
  const story: Story = {
    ledger,
    journal,
    clock,
    settings: someSettings(start.settings),
    account: anAccountMapping(start.account),
    mappings: start.mappings ?? [aServiceMapping()],
    approvals: [],
    on: (day) => {
      today = toDay(day)
    },
    uses: (usage) => {
      const applications =
        typeof usage === 'number' ? (usage === 0 ? [] : [someUsage(usage)]) : usage
      addReading(aReading(today, applications))
    },
    readingBreaks: (reason) => addReading(anIncompleteReading(today, reason)),
    request: () => ({
      day: today,
      settings: story.settings,
      accountMappings: [story.account],
      serviceMappings: story.mappings,
      usage: [{ tenant: story.account.tenant, readings: [...readings] }],
      approvals: story.approvals,
    }),
    preview: async () => (await planRun(story, story.request())).plan,
    run: async (apply = 'ALL', ports = {}) => {
      const events: RunEvent[] = []
      const parts = { ledger, journal, clock, ...ports }
      for await (const event of runBilling(parts, { ...story.request(), apply })) {
        events.push(event)
      }
      return events
    },
    units: (service = ENDPOINT_SERVICE) =>
      Object.fromEntries(
        Object.entries(ledger.unitsByPeriod(CONTRACT, service)).map(([day, units]) => [
          day.endsWith('-01') ? day.slice(0, 7) : day,
          units,
        ]),
      ),
    record: (service = ENDPOINT_SERVICE) => journal.record(CONTRACT, service),
  }
  return story
}

/** The kinds of the events about adjustments, in order. */
export function outcomes(events: readonly RunEvent[]): string[] {
  const kinds = [
    'settled',
    'stale',
    'skipped',
    'confirmed',
    'refused',
    'notSent',
    'lapsed',
    'unknown',
  ]
  return events.map(({ kind }) => kind).filter((kind) => kinds.includes(kind))
}

/** Codes of a plan's holds and findings, each once, sorted. */
export function codesOf(plan: Plan): { holds: string[]; findings: string[] } {
  const unique = (codes: readonly string[]): string[] => [...new Set(codes)].sort()
  return {
    holds: unique(plan.holds.map(({ code }) => code)),
    findings: unique(plan.findings.map(({ code }) => code)),
  }
}

/** So many services of one customer, of which 3 units each are in use. */
export function startSeveral(count: number): { story: Story; names: string[] } {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'].slice(0, count)
  const mappings = names.map((name) =>
    aServiceMapping({
      application: name as ApplicationName,
      service: `service-${name}` as ServiceId,
    }),
  )
  const story = startStory({ mappings })
  for (const { service } of mappings) story.ledger.addService(aService({ id: service }))
  story.on('2026-10-10')
  story.uses(mappings.map(({ application }) => someUsage(3, { application })))
  return { story, names }
}
