import { invariant } from './invariant.ts'
import type { MappingIndex } from './planning/mapping-index.ts'
import type { CountedMapping } from './plan.ts'
import type { CompleteReading } from './planning/readings.ts'
import { COUNTING_RULES } from './rules/index.ts'
import type { ReadingTally, Tally } from './rules/tally.ts'
import { startTally } from './rules/tally.ts'
import type { BillingSettings, ServiceMapping } from './settings.ts'
import type { ApplicationUsage } from './usage.ts'
import type { ApplicationName, ServiceId } from './values/ids.ts'

/** What one line should carry, before units that were there before Trueup are added. */
export interface LineTarget {
  readonly service: ServiceId
  /** The sum over all mappings onto the service: summed before anything is compared (product.md, rule 4). */
  readonly units: number
  readonly counts: readonly CountedMapping[]
  /** Applications whose number cannot be given; the whole line then waits, because a part is not the sum. */
  readonly withoutEvidence: readonly ApplicationName[]
}

/** One tenant's usable readings: the newest, and the newest of each day of the period. */
export interface TargetInput {
  readonly daily: readonly CompleteReading[]
  /** Services that were billed before: an application that is gone from a complete reading makes their target 0. */
  readonly alsoServices: Iterable<ServiceId>
  readonly mappings: MappingIndex
  readonly settings: BillingSettings
}

/** What one tenant's lines should carry, sorted by service. */
export function buildTargets(input: TargetInput): LineTarget[] {
  const { byApplication, byService } = input.mappings
  const services: ServiceId[] = []
  const add = (service: ServiceId): void => {
    if (!services.includes(service)) services.push(service)
  }
  for (const reading of input.daily) {
    for (const { application } of reading.applications) {
      for (const mapping of byApplication.get(application) ?? []) add(mapping.service)
    }
  }
  for (const service of input.alsoServices) if (byService.has(service)) add(service)
  if (!isSorted(services)) services.sort()
  return services.map((service) => buildTarget(service, input))
}

function isSorted(services: readonly ServiceId[]): boolean {
  let last: ServiceId | null = null
  for (const service of services) {
    if (last !== null && service < last) return false
    last = service
  }
  return true
}

function buildTarget(service: ServiceId, input: TargetInput): LineTarget {
  let withoutEvidence = NONE
  let units = 0
  const counts = (input.mappings.byService.get(service) ?? []).map((mapping) => {
    const tally = countMapping(mapping, input)
    if (tally.lacksEvidence) withoutEvidence = [...withoutEvidence, mapping.application]
    units += tally.billable
    return toCountedMapping(mapping, tally)
  })
  return { service, units, counts, withoutEvidence }
}

const NONE: readonly ApplicationName[] = []

function countMapping(mapping: ServiceMapping, { daily, settings }: TargetInput): Tally {
  const newest = mapping.counting.basis === 'CURRENT' ? daily.at(-1) : undefined
  const readings =
    newest === undefined
      ? daily.map((reading) => toReadingTally(reading, mapping))
      : [toReadingTally(newest, mapping)]
  const tally = startTally(readings)
  for (const rule of COUNTING_RULES) rule(tally, mapping, settings)
  return tally
}

function toReadingTally(reading: CompleteReading, mapping: ServiceMapping): ReadingTally {
  const { snapshotIds, usageDay } = reading
  const usage = findUsage(reading, mapping.application)
  return { snapshotIds, usageDay, usage, counted: 0, excluded: 0 }
}

function findUsage(
  { applications }: CompleteReading,
  application: ApplicationName,
): ApplicationUsage | null {
  for (const usage of applications) {
    if (usage.application === application) return usage
  }
  return null
}

function toCountedMapping(mapping: ServiceMapping, tally: Tally): CountedMapping {
  const newest = tally.readings.at(-1)
  invariant(newest !== undefined, 'a count comes from at least one reading')
  return {
    application: mapping.application,
    category: mapping.category,
    basis: mapping.counting.basis,
    snapshotIds: tally.readings.length === 1 ? newest.snapshotIds : collectIds(tally.readings),
    usageDay: newest.usageDay,
    counted: tally.counted,
    excluded: tally.excluded,
    included: tally.included,
    minimum: tally.minimum,
    billable: tally.billable,
    keys: collectKeys(tally.readings),
  }
}

function collectIds(readings: readonly ReadingTally[]): readonly string[] {
  return readings.flatMap((reading) => reading.snapshotIds)
}

function collectKeys(readings: readonly ReadingTally[]): readonly string[] {
  if (readings.length === 1) return readings[0]?.usage?.keys ?? []
  return [...new Set(readings.flatMap((reading) => reading.usage?.keys ?? []))].sort()
}
