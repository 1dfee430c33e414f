import { daysBetween, parseDay, type Clock, type Day } from '@trueup/core'
import { z } from 'zod'

/** The practice world: a sandbox that plays both vendors and has a calendar of its own. */
export interface PracticeWorld {
  /** Shows the practice day with the real time of day. */
  readonly clock: Clock
  /** The practice day as last heard. */
  day(): Day
  /** Asks for the day; somebody else may have moved it. */
  refresh(): Promise<void>
  /** Moves the practice calendar. Whole days, 1 or more. */
  advance(days: number): Promise<Day>
}

const MS_PER_DAY = 86_400_000
const ANSWER_WITHIN_MS = 10_000
/** The day is asked for anew when what is known is older. */
const FRESH_FOR_MS = 250

const answer = z.object({
  day: z.string().transform((text, context) => {
    const day = parseDay(text)
    if (day === null) context.addIssue({ code: 'custom', message: 'not a calendar day' })
    return day ?? z.NEVER
  }),
})

/** Connects to the sandbox's control surface at `controlUrl`; throws when it does not answer. */
export async function connectPracticeWorld(
  controlUrl: string,
  machineClock: Clock,
): Promise<PracticeWorld> {
  const heard = { day: await postAdvance(controlUrl, 0), atMs: machineClock.nowMs() }
  const hear = (day: Day): Day => {
    heard.day = day
    heard.atMs = machineClock.nowMs()
    return day
  }
  return {
    clock: { ...machineClock, nowMs: () => toPracticeMs(machineClock.nowMs(), heard.day) },
    day: () => heard.day,
    refresh: async () => {
      if (machineClock.nowMs() - heard.atMs >= FRESH_FOR_MS) hear(await postAdvance(controlUrl, 0))
    },
    advance: async (days) => hear(await postAdvance(controlUrl, days)),
  }
}

/** The same time of day, on another calendar day. */
function toPracticeMs(nowMs: number, day: Day): number {
  const today = new Date(nowMs).toISOString().slice(0, 10) as Day
  return nowMs + daysBetween(today, day) * MS_PER_DAY
}

async function postAdvance(controlUrl: string, days: number): Promise<Day> {
  const url = `${controlUrl.replace(/\/$/, '')}/advance`
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ days }),
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  })
  if (!response.ok) throw new Error(`The practice world answered ${response.status} to ${url}`)
  return answer.parse(await response.json()).day
}
