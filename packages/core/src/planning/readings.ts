import { invariant } from '../invariant.ts'
import type { ApplicationUsage, DatedReading, TenantReading, TenantUsage } from '../usage.ts'
import type { Day } from '../values/day.ts'
import { daysBetween } from '../values/day.ts'

/** A complete reading, ready to be asked for an application. */
export interface CompleteReading {
  /** Its own id alone, as a list, because every count that comes from it alone names it that way. */
  readonly snapshotIds: readonly string[]
  readonly usageDay: Day
  /** Each application once. */
  readonly applications: readonly ApplicationUsage[]
}

type IncompleteReading = Extract<TenantReading, { complete: false }>

/** What can be said about a tenant's usage on a day. Only `USABLE` lets anything change (product.md, rule 5). */
export type UsableUsage =
  | {
      readonly kind: 'USABLE'
      readonly newest: CompleteReading
      /** The newest complete reading of each day from the first wanted day on, oldest first; ends with `newest`. */
      readonly daily: readonly CompleteReading[]
    }
  | { readonly kind: 'MISSING' }
  | { readonly kind: 'INCOMPLETE'; readonly reading: IncompleteReading; readonly usageDay: Day }
  | { readonly kind: 'TOO_OLD'; readonly usageDay: Day; readonly ageDays: number }

/**
 * Chooses the readings that count on `day`. The newest decides whether anything counts: an older complete one does
 * not stand in for a newer incomplete one. Readings after `day` do not exist, so a past day can be replayed.
 */
export function chooseReadings(
  usage: TenantUsage | undefined,
  options: { readonly day: Day; readonly maximumAgeDays: number; readonly fromDay: Day },
): UsableUsage {
  const known = readingsUntil(usage?.readings ?? NO_READINGS, options.day)
  let newest = known[0]
  if (newest === undefined) return { kind: 'MISSING' }
  for (const reading of known) if (isNewer(reading, newest)) newest = reading
  const { reading, usageDay } = newest
  if (!reading.complete) return { kind: 'INCOMPLETE', reading, usageDay }
  const ageDays = daysBetween(usageDay, options.day)
  if (ageDays >= options.maximumAgeDays) return { kind: 'TOO_OLD', usageDay, ageDays }

  const newestComplete = toComplete(newest, reading.applications)
  if (known.length === 1) {
    return { kind: 'USABLE', newest: newestComplete, daily: [newestComplete] }
  }
  return {
    kind: 'USABLE',
    newest: newestComplete,
    daily: chooseDaily(known, options.fromDay, newestComplete),
  }
}

const NO_READINGS: readonly DatedReading[] = []

/** Mostly all of them, and then they are not copied. */
function readingsUntil(readings: readonly DatedReading[], day: Day): readonly DatedReading[] {
  for (const { usageDay } of readings) {
    if (usageDay > day) return readings.filter((reading) => reading.usageDay <= day)
  }
  return readings
}

function chooseDaily(
  known: readonly DatedReading[],
  fromDay: Day,
  newest: CompleteReading,
): CompleteReading[] {
  const byDay = new Map<Day, DatedReading>()
  for (const reading of known) {
    if (!reading.reading.complete || reading.usageDay < fromDay) continue
    const other = byDay.get(reading.usageDay)
    if (other === undefined || isNewer(reading, other)) byDay.set(reading.usageDay, reading)
  }
  byDay.delete(newest.usageDay)
  const earlier = [...byDay.values()]
    .sort((a, b) => (a.usageDay < b.usageDay ? -1 : 1))
    .map((dated) => toComplete(dated, dated.reading.complete ? dated.reading.applications : []))
  return [...earlier, newest]
}

/** Newer by day, then by instant, then by id, so that the order of the input never decides. */
function isNewer(a: DatedReading, b: DatedReading): boolean {
  if (a.usageDay !== b.usageDay) return a.usageDay > b.usageDay
  if (a.takenAtMs !== b.takenAtMs) return a.takenAtMs > b.takenAtMs
  return a.snapshotId > b.snapshotId
}

function toComplete(
  { snapshotId, usageDay }: DatedReading,
  applications: readonly ApplicationUsage[],
): CompleteReading {
  applications.forEach(({ application }, index) => {
    invariant(
      applications.findIndex((other) => other.application === application) === index,
      'a reading names an application twice',
      { application, snapshotId },
    )
  })
  return { snapshotIds: [snapshotId], usageDay, applications }
}
