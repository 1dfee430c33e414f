import type { Ask } from './graphql-client.ts'
import type { WorldControl } from './world-control.ts'

/** Whose months are lived, and by what means. */
export interface Practice {
  readonly ask: Ask
  readonly control: WorldControl
  readonly integrationId: string
}

interface Customer {
  readonly externalId: string
  readonly usage: readonly {
    readonly application: { readonly name: string }
    readonly byCategory: readonly { readonly category: string | null; readonly units: number }[]
  }[]
}

/** One number of devices that can be set. */
interface Count {
  readonly virtualServer: string
  readonly application: string
  readonly category: string
  readonly devices: number
}

/** In each week another handful of customers buys or retires some devices. */
export async function changeUsage(practice: Practice, week: number): Promise<void> {
  const customers = await readCustomers(practice)
  const changing = customers.filter((_, index) => (index * 7 + week * 5) % 11 === 0)
  for (const [index, customer] of changing.entries()) {
    const counts = countsOf(customer).filter(({ devices }) => devices > 3)
    const count = counts[week % Math.max(1, counts.length)]
    if (count === undefined) continue
    const change = ((index + week) % 6) - 1
    await practice.control.setUsage({
      ...count,
      devices: count.devices + (change === 0 ? 4 : change),
    })
  }
}

/** What brakes are for: one customer more than doubles, another one loses an application altogether. */
export async function makeHolds({ ask, control, integrationId }: Practice): Promise<void> {
  const { integration } = await ask<{ integration: { version: number } }>(version, {
    integrationId,
  })
  await ask(switchBrakesOn, { id: integrationId, version: integration.version })
  const customers = await readCustomers({ ask, control, integrationId })
  const doubling = customers.flatMap(countsOf).find(({ devices }) => devices >= 8)
  if (doubling === undefined) throw new Error('The practice world has no customer that can double.')
  await control.setUsage({ ...doubling, devices: doubling.devices * 2 + 3 })
  const losing = customers
    .map(countsOf)
    .find(([first, ...others]) => others.length === 0 && first !== undefined && first.devices >= 2)
  if (losing?.[0] !== undefined && losing[0] !== doubling) {
    await control.setUsage({ ...losing[0], devices: 0 })
  }
}

async function readCustomers({ ask, integrationId }: Practice): Promise<readonly Customer[]> {
  const { tenants } = await ask<{ tenants: { nodes: readonly Customer[] } }>(usage, {
    integrationId,
  })
  return tenants.nodes
}

function countsOf({ externalId, usage: applications }: Customer): Count[] {
  return applications.flatMap(({ application, byCategory }) =>
    byCategory.flatMap(({ category, units }) =>
      category === null || units === 0
        ? []
        : [{ virtualServer: externalId, application: application.name, category, devices: units }],
    ),
  )
}

const version = /* GraphQL */ `
  query BrakesVersion($integrationId: ID!) {
    integration(id: $integrationId) {
      version
    }
  }
`

const switchBrakesOn = /* GraphQL */ `
  mutation SwitchBrakesOn($id: ID!, $version: Int!) {
    updateIntegration(
      id: $id
      version: $version
      input: { brakes: { holdDropToZero: true, holdDoubled: true } }
    ) {
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
