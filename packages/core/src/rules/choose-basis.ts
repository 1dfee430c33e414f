import type { CountingStep, ReadingTally, Tally } from './tally.ts'

/**
 * One number of the period's readings (product.md, rule 4): the newest, the highest, or the average rounded half up.
 * There is at most one reading a day, so running often does not weigh a day more.
 */
export const chooseBasis: CountingStep = (tally, mapping) => {
  const newest = tally.readings.at(-1)
  if (newest === undefined) return
  switch (mapping.counting.basis) {
    case 'CURRENT':
      choose(tally, newest)
      return
    case 'PEAK':
      choose(
        tally,
        tally.readings.reduce((best, next) => (net(next) >= net(best) ? next : best)),
      )
      return
    case 'AVERAGE': {
      const days = tally.readings.length
      tally.billable = divideHalfUp(sum(tally.readings, net), days)
      tally.excluded = divideHalfUp(
        sum(tally.readings, (reading) => reading.excluded),
        days,
      )
      tally.counted = tally.billable + tally.excluded
    }
  }
}

function choose(tally: Tally, reading: ReadingTally): void {
  if (tally.readings.length > 1) tally.readings = [reading]
  tally.counted = reading.counted
  tally.excluded = reading.excluded
  tally.billable = net(reading)
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
