import { invariant } from './invariant.ts'
import type { MappingIndex } from './planning/mapping-index.ts'
import type { CountedMapping } from './plan.ts'
import type { CompleteReading } from './planning/readings.ts'
import { COUNTING_RULES } from './rules/index.ts'
import type { ReadingTally, Tally } from './rules/tally.ts'
import type { BillingSettings, ServiceMapping } from './settings.ts'
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
  const services = new Set<ServiceId>()
  for (const reading of input.daily) {
    for (const application of reading.applications.keys()) {
      for (const mapping of input.mappings.byApplication.get(application) ?? []) {
        services.add(mapping.service)
      }
    }
  }
  for (const service of input.alsoServices) {
    if (input.mappings.byService.has(service)) services.add(service)
  }
  return [...services].sort().map((service) => buildTarget(service, input))
}

function buildTarget(service: ServiceId, input: TargetInput): LineTarget {
  const counts: CountedMapping[] = []
  const withoutEvidence: ApplicationName[] = []
  let units = 0
  for (const mapping of input.mappings.byService.get(service) ?? []) {
    const tally = countMapping(mapping, input)
    if (tally.lacksEvidence) withoutEvidence.push(mapping.application)
    units += tally.billable
    counts.push(toCountedMapping(mapping, tally))
  }
  return { service, units, counts, withoutEvidence }
}

function countMapping(mapping: ServiceMapping, input: TargetInput): Tally {
  const newestOnly = mapping.counting.basis === 'CURRENT'
  const readings = newestOnly ? input.daily.slice(-1) : input.daily
  let tally: Tally = {
    readings: readings.map((reading): ReadingTally => {
      const usage = reading.applications.get(mapping.application) ?? null
      const { snapshotId, usageDay } = reading
      return { snapshotId, usageDay, usage, counted: 0, excluded: 0 }
    }),
    counted: 0,
    excluded: 0,
    included: 0,
    minimum: 0,
    billable: 0,
    lacksEvidence: false,
  }
  for (const rule of COUNTING_RULES) tally = rule(tally, mapping, input.settings)
  return tally
}

function toCountedMapping(mapping: ServiceMapping, tally: Tally): CountedMapping {
  const newest = tally.readings.at(-1)
  invariant(newest !== undefined, 'a count comes from at least one reading')
  return {
    application: mapping.application,
    category: mapping.category,
    basis: mapping.counting.basis,
    snapshotIds: tally.readings.map((reading) => reading.snapshotId),
    usageDay: newest.usageDay,
    counted: tally.counted,
    excluded: tally.excluded,
    included: tally.included,
    minimum: tally.minimum,
    billable: tally.billable,
    keys: collectKeys(tally.readings),
  }
}

function collectKeys(readings: readonly ReadingTally[]): readonly string[] {
  if (readings.length === 1) return readings[0]?.usage?.keys ?? []
  return [...new Set(readings.flatMap((reading) => reading.usage?.keys ?? []))].sort()
}
