import { daysBetween, type Day } from '@trueup/core'
import { dayAt } from '../../calendar.ts'
import type { Services } from '../../context.ts'
import { resumeFirstWrites } from '../first-write/resume-first-writes.ts'
import { IntegrationEntity, type IntegrationRow } from '../integration/integration.entity.ts'
import { newestDueDay } from './due-day.ts'
import { resumeBrokenRuns } from './resume-runs.ts'
import { BillingRunEntity, COUNTER_TRIGGERS } from '../run/billing-run.entity.ts'
import { startRun } from '../run/start-run.ts'

/** How often the schedule looks whether something is due. */
const TICK_MS = 15_000

/** The daily schedule at work. */
export interface Schedule {
  /** Looks once; also called by tests and after the practice calendar moved. */
  tick(): Promise<void>
  /** Looks at once and from then on regularly. */
  start(): void
  stop(): void
}

/**
 * Runs every integration once a day at its hour, in its time zone. A missed day is caught up once: however many
 * days the process was away, one run follows, because one run brings everything up to date. Two processes on one
 * database share the work: the database lets one of them have the day.
 */
export function createSchedule(services: Services): Schedule {
  let underWay: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | null = null
  const tick = (): Promise<void> => {
    underWay = underWay
      .then(() => look(services))
      .catch((error: unknown) => {
        services.log.error({ err: error }, 'The schedule could not look; it looks again')
      })
    return underWay
  }
  return {
    tick,
    start: () => {
      timer = setInterval(() => void tick(), TICK_MS)
      void tick()
    },
    stop: () => {
      if (timer !== null) clearInterval(timer)
    },
  }
}

async function look(services: Services): Promise<void> {
  if (services.background.signal.aborted) return
  await resumeFirstWrites(services)
  await resumeBrokenRuns(services)
  const integrations = await services.orm.em
    .fork()
    .find(IntegrationEntity, { scheduleEnabled: true })
  for (const integration of integrations) await runIfDue(services, integration)
}

async function runIfDue(services: Services, integration: IntegrationRow): Promise<void> {
  const due = newestDueDay(services.clock.nowMs(), integration)
  const last =
    integration.lastScheduledDay ?? dayAt(integration.createdAt.getTime(), integration.timeZone)
  if (due <= last) return
  if (!(await claimDay(services, integration, due))) return
  const today = dayAt(services.clock.nowMs(), integration.timeZone)
  const begun = await startRun(services, {
    integrationId: integration.id,
    mode: 'RUN',
    trigger: isOnTime(due, today, last) ? 'SCHEDULE' : 'CATCH_UP',
    startedBy: 'schedule',
  })
  if (begun.run !== null) return
  services.log.info({ integrationId: integration.id, due }, 'A daily run found another at work')
  if (!(await isBilling(services, integration))) await giveBackDay(services, integration, due)
}

/** True when a run is at work that bills: it brings the day up to date. A preview, a take-back or a decision does not. */
async function isBilling(services: Services, { id }: IntegrationRow): Promise<boolean> {
  const billing = await services.orm.em.fork().count(BillingRunEntity, {
    integrationId: id,
    status: 'RUNNING',
    mode: 'RUN',
    trigger: { $nin: [...COUNTER_TRIGGERS] },
  })
  return billing > 0
}

/** Whatever holds the integration now ends soon: the day is tried again when the schedule looks next. */
async function giveBackDay(
  services: Services,
  { id, lastScheduledDay }: IntegrationRow,
  due: Day,
): Promise<void> {
  await services.orm.em
    .fork()
    .nativeUpdate(IntegrationEntity, { id, lastScheduledDay: due }, { lastScheduledDay })
}

/** On time is the day right after the last one, on that day itself. */
function isOnTime(due: Day, today: Day, last: Day): boolean {
  return due === today && daysBetween(last, due) === 1
}

/** One process gets the day, and a day is begun once. */
async function claimDay(
  services: Services,
  integration: IntegrationRow,
  due: Day,
): Promise<boolean> {
  const changed = await services.orm.em.fork().nativeUpdate(
    IntegrationEntity,
    {
      id: integration.id,
      $or: [{ lastScheduledDay: null }, { lastScheduledDay: { $lt: due } }],
    },
    { lastScheduledDay: due },
  )
  return changed === 1
}
