import type { CountingStep, ReadingTally } from './tally.ts'

/**
 * One number of the period's readings (product.md, rule 4): the newest, the highest, or the average rounded half up.
 * There is at most one reading a day, so running often does not weigh a day more.
 */
export const chooseBasis: CountingStep = (tally, mapping) => {
  const newest = tally.readings.at(-1)
  if (newest === undefined) return tally
  switch (mapping.counting.basis) {
    case 'CURRENT':
      return { ...tally, readings: [newest], ...pick(newest) }
    case 'PEAK': {
      const peak = tally.readings.reduce((best, next) => (net(next) >= net(best) ? next : best))
      return { ...tally, readings: [peak], ...pick(peak) }
    }
    case 'AVERAGE': {
      const days = tally.readings.length
      const billable = divideHalfUp(sum(tally.readings, net), days)
      const excluded = divideHalfUp(
        sum(tally.readings, (reading) => reading.excluded),
        days,
      )
      return { ...tally, counted: billable + excluded, excluded, billable }
    }
  }
}

function pick(reading: ReadingTally): { counted: number; excluded: number; billable: number } {
  return { counted: reading.counted, excluded: reading.excluded, billable: net(reading) }
}

function net(reading: ReadingTally): number {
  return reading.counted - reading.excluded
}

function sum(readings: readonly ReadingTally[], of: (reading: ReadingTally) => number): number {
  return readings.reduce((total, reading) => total + of(reading), 0)
}

/** Whole numbers throughout, so that 0.5 is exactly a half. */
function divideHalfUp(total: number, parts: number): number {
  return Math.floor((2 * total + parts) / (2 * parts))
}
