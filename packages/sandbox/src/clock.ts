import { addDays, daysBetween, LAST_DAY, type Day } from './calendar.ts'
import { WrongInput } from './wrong-input.ts'

/** The sandbox's virtual time. It stands still until somebody advances it. */
export interface Clock {
  /** The virtual day. */
  day(): Day
  /** "Now": the virtual day at 09:00 UTC. */
  now(): Date
  /** Moves the day forward and returns the new one; throws a WrongInput beyond the last day there is. */
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
        throw new WrongInput('days must be a whole number, 0 or more')
      if (days > daysBetween(day, LAST_DAY))
        throw new WrongInput(`${days} days after ${day} is beyond ${LAST_DAY}`)
      day = addDays(day, days)
      return day
    },
  }
}
