import {
  DEFAULT_BUDGET,
  emptyHour,
  giveBackRequests,
  learnThreshold,
  minuteAt,
  takeRequests,
  type HourState,
  type MinuteCount,
  type RequestBudget,
  type Reservation,
} from '@trueup/autotask'
import type { Clock } from '@trueup/core'
import type { Orm } from '../../database/orm.ts'

/** A budget that other processes share and that a restart does not forget. */
export interface DatabaseBudget extends RequestBudget {
  /** Gives back what was set aside and not used. */
  close(): Promise<void>
}

/** Whose hour, and where it is kept. */
export interface DatabaseBudgetParts {
  readonly orm: Orm
  /** Of the Autotask database: whoever names the same shares the hour. */
  readonly name: string
  /**
   * The hour's own clock. Callers may live by another one (a connection test by the machine's, a run by the practice
   * calendar); their times are moved by the difference.
   */
  readonly clock: Clock
}

/** Requests set aside at once: few at first, twice as many each time, and all for one minute only. */
const FIRST_BATCH = 4
const LARGEST_BATCH = 64
/** Each loses only to somebody who was quicker, and who had requests to take: nobody can be that more often than the hour has. */
const MOST_ATTEMPTS = DEFAULT_BUDGET.limit

/**
 * The hour in the database. One write a request would be dear, so requests are set aside in batches; what is left of a
 * batch when its minute is over goes back. Of a process that dies at most one batch stays counted for an hour.
 */
export function createDatabaseBudget(parts: DatabaseBudgetParts): DatabaseBudget {
  const { clock, orm, name } = parts
  let aside: MinuteCount = { minute: 0, ours: 0, others: 0 }
  let batch = FIRST_BATCH
  let queue: Promise<unknown> = Promise.resolve()

  /** One after the other: callers that arrive together share a batch. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = queue.then(work)
    queue = turn.catch(() => undefined)
    return turn
  }

  async function reserve(nowMs: number): Promise<Reservation> {
    const ownMs = clock.nowMs()
    const isCurrent = aside.minute === minuteAt(ownMs)
    if (isCurrent && aside.ours > 0) {
      aside = { ...aside, ours: aside.ours - 1 }
      return { granted: true }
    }
    batch = isCurrent ? Math.min(batch * 2, LARGEST_BATCH) : FIRST_BATCH
    const unused = aside
    const { granted, resumeAtMs } = await changeHour(orm, name, (hour) => {
      const want = { count: batch, keepFree: DEFAULT_BUDGET.keepFree }
      return takeRequests(giveBackRequests(hour, unused), want, ownMs)
    })
    aside = { minute: minuteAt(ownMs), ours: Math.max(0, granted - 1), others: 0 }
    return resumeAtMs === null
      ? { granted: true }
      : { granted: false, resumeAtMs: resumeAtMs - ownMs + nowMs }
  }

  async function close(): Promise<void> {
    const unused = aside
    aside = { ...aside, ours: 0 }
    if (unused.ours === 0) return
    await changeHour(orm, name, (hour) => ({ hour: giveBackRequests(hour, unused) }))
  }

  return {
    reserve: (nowMs) => inTurn(() => reserve(nowMs)),
    calibrate: (reading) =>
      inTurn(async () => {
        await changeHour(orm, name, (hour) => ({
          hour: learnThreshold(hour, reading, clock.nowMs()),
        }))
      }),
    close: () => inTurn(close),
  }
}

/** Reads, computes, and stores if nobody was quicker; else again with what they stored. */
async function changeHour<Change extends { readonly hour: HourState }>(
  orm: Orm,
  name: string,
  work: (hour: HourState) => Change,
): Promise<Change> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const known = await readHour(orm, name)
    const change = work(known?.hour ?? emptyHour(DEFAULT_BUDGET.limit))
    const text = JSON.stringify(change.hour)
    if (text === known?.text || (await storeHour(orm, { name, text, known }))) return change
  }
  throw new Error(`The hour of ${name} was changed by others ${MOST_ATTEMPTS} times in a row`)
}

interface KnownHour {
  readonly version: number
  readonly text: string
  readonly hour: HourState
}

async function readHour(orm: Orm, name: string): Promise<KnownHour | null> {
  const [row]: { version: number; hour: string }[] = await orm.em
    .fork()
    .execute('select version, hour from request_hour where name = ?', [name])
  if (row === undefined) return null
  // Only changeHour writes this column.
  return { version: row.version, text: row.hour, hour: JSON.parse(row.hour) as HourState }
}

/** False when somebody else was first. */
async function storeHour(
  orm: Orm,
  { name, text, known }: { name: string; text: string; known: KnownHour | null },
): Promise<boolean> {
  const rows: unknown[] =
    known === null
      ? await orm.em.fork().execute(
          `insert into request_hour (name, version, hour) values (?, 1, ?)
           on conflict (name) do nothing returning version`,
          [name, text],
          'all',
        )
      : await orm.em.fork().execute(
          `update request_hour set version = version + 1, hour = ?
           where name = ? and version = ? returning version`,
          [text, name, known.version],
          'all',
        )
  return rows.length === 1
}
