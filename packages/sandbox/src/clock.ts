import { addDays, type Day } from './calendar.ts'

/** The sandbox's virtual time. It stands still until somebody advances it. */
export interface Clock {
  /** The virtual day. */
  day(): Day
  /** "Now": the virtual day at 09:00 UTC. */
  now(): Date
  /** Moves the day forward and returns the new one. */
  advance(days: number): Day
}

/** A clock that stands at 09:00 UTC of `start`. */
export function createClock(start: Day): Clock {
  let day = start
  return {
    day: () => day,
    now: () => new Date(`${day}T09:00:00Z`),
    advance: (days) => {
      if (!Number.isInteger(days) || days < 0)
        throw new RangeError('days must be a whole number, 0 or more')
      day = addDays(day, days)
      return day
    },
  }
}
