import type { Ask } from './graphql-client.ts'
import type { WorldControl } from './world-control.ts'

interface Customer {
  readonly name: string
  readonly externalId: string
  readonly usage: readonly {
    readonly application: { readonly name: string }
    readonly byCategory: readonly { readonly category: string | null; readonly units: number }[]
  }[]
}

const daysBetweenRuns = 7
const msPerDay = 86_400_000

/**
 * Lives from the practice world's day to `lastDay`: about weekly customers grow or shrink a little, the month that is over
 * is posted in Autotask, and a run is started. What the first run finds on the lines is taken over; later holds are left
 * for the newcomer, and so are the changes of the last day.
 */
export async function liveMonths(
  { ask, control, integrationId }: { ask: Ask; control: WorldControl; integrationId: string },
  lastDay: string,
): Promise<void> {
  let day = (await ask<{ integration: { today: string } }>(today, { integrationId })).integration
    .today
  await run(ask, integrationId)
  await takeOverLines(ask, integrationId)
  for (let week = 1; day < lastDay; week += 1) {
    const next = earlier(addDays(day, daysBetweenRuns), lastDay)
    await ask(advance, { days: daysBetween(day, next) })
    if (next.slice(0, 7) !== day.slice(0, 7))
      await control.postThrough(addDays(`${next.slice(0, 7)}-01`, -1))
    day = next
    await changeUsage({ ask, control, integrationId }, week)
    await run(ask, integrationId)
  }
  await changeUsage({ ask, control, integrationId }, 0)
}

async function run(ask: Ask, integrationId: string): Promise<void> {
  await ask(runNow, { integrationId })
}

/** A person decides about lines that carried units before: Trueup owns them from now on. */
async function takeOverLines(ask: Ask, integrationId: string): Promise<void> {
  const { adjustments } = await ask<{
    adjustments: { nodes: readonly { id: string; hold: { exits: readonly string[] } | null }[] }
  }>(held, { integrationId })
  for (const { id, hold } of adjustments.nodes) {
    const exit = ['OWN_LINE', 'APPROVE'].find((name) => hold?.exits.includes(name))
    if (exit !== undefined) await ask(decide, { id, exit })
  }
}

/** In each week another handful of customers buys or retires some devices. */
async function changeUsage(
  { ask, control, integrationId }: { ask: Ask; control: WorldControl; integrationId: string },
  week: number,
): Promise<void> {
  const { tenants } = await ask<{ tenants: { nodes: readonly Customer[] } }>(usage, {
    integrationId,
  })
  const changing = tenants.nodes.filter((_, index) => (index * 7 + week * 5) % 11 === 0)
  for (const [index, customer] of changing.entries()) {
    const used = customer.usage[week % Math.max(1, customer.usage.length)]
    const count = used?.byCategory.find(({ category, units }) => category !== null && units > 3)
    if (used === undefined || count === undefined || count.category === null) continue
    const change = ((index + week) % 6) - 1
    await control.setUsage({
      virtualServer: customer.externalId,
      application: used.application.name,
      category: count.category,
      devices: count.units + (change === 0 ? 4 : change),
    })
  }
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

const held = /* GraphQL */ `
  query Held($integrationId: ID!) {
    adjustments(integrationId: $integrationId, first: 200, filter: { status: [HELD] }) {
      nodes {
        id
        hold {
          exits
        }
      }
    }
  }
`

const decide = /* GraphQL */ `
  mutation Decide($id: ID!, $exit: HoldExit!) {
    decideHold(adjustmentId: $id, exit: $exit) {
      problems {
        code
        message
      }
    }
  }
`

const usage = /* GraphQL */ `
  query Usage($integrationId: ID!) {
    tenants(integrationId: $integrationId, first: 200, filter: { billingEnabled: true }) {
      nodes {
        name
        externalId
        usage {
          application {
            name
          }
          byCategory {
            category
            units
          }
        }
      }
    }
  }
`
