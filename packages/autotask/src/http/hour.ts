/** Requests of one minute of the clock. */
export interface MinuteCount {
  /** Minutes since the epoch. */
  readonly minute: number
  /** Requests of ours, sent or set aside to be sent. */
  readonly ours: number
  /** Requests of other programs, as far as Autotask's own count showed them. */
  readonly others: number
}

/** What is known of the rolling hour of one Autotask database. Plain data: it can be stored and shared. */
export interface HourState {
  /** Requests in any window for all users of the API together. */
  readonly limit: number
  readonly windowMinutes: number
  /** Minutes with requests, the oldest first. */
  readonly minutes: readonly MinuteCount[]
}

/** What Autotask says of the requests of the last hour, those of all integrations together. */
export interface ThresholdReading {
  /** Requests that may be made in the time frame. */
  readonly limit: number
  readonly used: number
  readonly timeframeMinutes: number
}

/** How many of the requests asked for may be sent, and the hour after that; none: when to ask again. */
export interface Taken {
  readonly hour: HourState
  readonly granted: number
  /** Later than now when nothing was granted; `null` otherwise. */
  readonly resumeAtMs: number | null
}

const MINUTE_MS = 60_000

/** An hour without a request, with the documented window. */
export function emptyHour(limit: number): HourState {
  return { limit, windowMinutes: 60, minutes: [] }
}

/** The minute of an instant. */
export function minuteAt(nowMs: number): number {
  return Math.floor(nowMs / MINUTE_MS)
}

/** Takes up to `count` requests, at least one or none. `keepFree` is the share that stays for others, 0 to 1. */
export function takeRequests(
  state: HourState,
  want: { readonly count: number; readonly keepFree: number },
  nowMs: number,
): Taken {
  const hour = forget(state, nowMs)
  const usable = Math.ceil(hour.limit * (1 - want.keepFree))
  const granted = Math.max(0, Math.min(want.count, usable - total(hour)))
  if (granted === 0) return { hour, granted, resumeAtMs: nextRoomMs(hour, usable, nowMs) }
  return {
    hour: add(hour, { minute: minuteAt(nowMs), ours: granted, others: 0 }),
    granted,
    resumeAtMs: null,
  }
}

/** Gives back requests that were set aside in a minute and not sent. */
export function giveBackRequests(state: HourState, unused: MinuteCount): HourState {
  const minutes = state.minutes.map((one) =>
    one.minute === unused.minute ? { ...one, ours: Math.max(0, one.ours - unused.ours) } : one,
  )
  return { ...state, minutes: minutes.filter(({ ours, others }) => ours + others > 0) }
}

/**
 * Learns what Autotask counted. More by others than was known: they made them since the last look, counted as made
 * just now. Fewer: their oldest ones have left the hour. So the time at which it goes on does not move with every look.
 */
export function learnThreshold(
  state: HourState,
  reading: ThresholdReading,
  nowMs: number,
): HourState {
  const hour = forget(
    { ...state, limit: reading.limit, windowMinutes: reading.timeframeMinutes },
    nowMs,
  )
  const ours = hour.minutes.reduce((sum, one) => sum + one.ours, 0)
  const known = total(hour) - ours
  const others = Math.max(0, reading.used - ours)
  if (others >= known)
    return add(hour, { minute: minuteAt(nowMs), ours: 0, others: others - known })
  return dropOldestOthers(hour, known - others)
}

/**
 * A minute leaves only when its last moment is out of the window, so the count is never too low. Minutes far ahead belong
 * to a calendar that was set back.
 */
function forget(state: HourState, nowMs: number): HourState {
  const minute = minuteAt(nowMs)
  const [oldest, newest] = [minute - state.windowMinutes, minute + state.windowMinutes]
  return {
    ...state,
    minutes: state.minutes.filter((one) => one.minute >= oldest && one.minute <= newest),
  }
}

function total(hour: HourState): number {
  return hour.minutes.reduce((sum, one) => sum + one.ours + one.others, 0)
}

function add(hour: HourState, count: MinuteCount): HourState {
  if (count.ours + count.others === 0) return hour
  const known = hour.minutes.find(({ minute }) => minute === count.minute)
  const sum = {
    minute: count.minute,
    ours: count.ours + (known?.ours ?? 0),
    others: count.others + (known?.others ?? 0),
  }
  const rest = hour.minutes.filter(({ minute }) => minute !== count.minute)
  return {
    ...hour,
    minutes: [...rest, sum].toSorted((one, other) => one.minute - other.minute),
  }
}

function dropOldestOthers(hour: HourState, count: number): HourState {
  let left = count
  const minutes = hour.minutes.map((one) => {
    const dropped = Math.min(left, one.others)
    left -= dropped
    return { ...one, others: one.others - dropped }
  })
  return { ...hour, minutes: minutes.filter(({ ours, others }) => ours + others > 0) }
}

/** When so many of the oldest have left that one more fits. */
function nextRoomMs(hour: HourState, usable: number, nowMs: number): number {
  let left = total(hour)
  for (const { minute, ours, others } of hour.minutes) {
    left -= ours + others
    if (left < usable) return (minute + hour.windowMinutes + 1) * MINUTE_MS
  }
  return (minuteAt(nowMs) + hour.windowMinutes + 1) * MINUTE_MS
}
