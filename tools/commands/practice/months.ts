import { readDirectory } from './setting-up.ts'
import { changeUsage, makeHolds, type Practice } from './usage-changes.ts'

const daysBetweenRuns = 7
const msPerDay = 86_400_000

/**
 * Lives from the practice world's day to `lastDay`: about weekly customers grow or shrink a little, the month that is over
 * is posted in Autotask, and a run is started. At the end the directory is read again. What the last run holds is left for
 * the newcomer to decide, and so are the changes of the last day.
 */
export async function liveMonths(practice: Practice, lastDay: string): Promise<void> {
  const { ask, control, integrationId } = practice
  let day = (await ask<{ integration: { today: string } }>(today, { integrationId })).integration
    .today
  await ask(runNow, { integrationId })
  for (let week = 1; day < lastDay; week += 1) {
    const next = earlier(addDays(day, daysBetweenRuns), lastDay)
    await ask(advance, { days: daysBetween(day, next) })
    if (next.slice(0, 7) !== day.slice(0, 7)) {
      await control.postThrough(addDays(`${next.slice(0, 7)}-01`, -1))
    }
    day = next
    await changeUsage(practice, week)
    if (day === lastDay) {
      await makeHolds(practice)
      await ask(readDirectory, { integrationId })
    }
    await ask(runNow, { integrationId })
  }
  await changeUsage(practice, 0)
}

function earlier(one: string, other: string): string {
  return one < other ? one : other
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * msPerDay).toISOString().slice(0, 10)
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / msPerDay)
}

const today = /* GraphQL */ `
  query Today($integrationId: ID!) {
    integration(id: $integrationId) {
      today
    }
  }
`

const advance = /* GraphQL */ `
  mutation Advance($days: Int!) {
    advancePracticeDay(days: $days) {
      problems {
        code
        message
      }
    }
  }
`

const runNow = /* GraphQL */ `
  mutation Run($integrationId: ID!) {
    runNow(integrationId: $integrationId, wait: true) {
      problems {
        code
        message
      }
    }
  }
`
