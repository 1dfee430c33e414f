import type { Ask } from './graphql-client.ts'
import { pairByLikeness } from './likeness.ts'

/** The practice world's connection data, the sandbox's first line. */
export interface World {
  readonly control: string
  readonly autotask: {
    readonly url: string
    readonly userName: string
    readonly secret: string
    readonly integrationCode: string
  }
  readonly securityCenter: {
    readonly url: string
    readonly user: string
    readonly password: string
    readonly certificateSha256: string
  }
}

interface Tenant {
  readonly id: string
  readonly name: string
  readonly mapping: { readonly version: number }
}

interface Contract {
  readonly id: string
  readonly unavailableBecause: string | null
  readonly periodMonths: number | null
}

interface Account {
  readonly id: string
  readonly name: string
  readonly contracts: readonly Contract[]
}

type Category = 'WINDOWS_WORKSTATION' | 'WINDOWS_SERVER' | 'NON_WINDOWS'

/** One service for every category, or one each. */
type Choice = string | Readonly<Record<Category, string>>

/** What a person chooses for the applications; the others are left for the newcomer. */
const serviceOf: ReadonlyMap<string, Choice> = new Map([
  ['Kaspersky Endpoint Security for Business - Select', byCategory('Endpoint Security Select')],
  ['Kaspersky Endpoint Security for Business - Advanced', byCategory('Endpoint Security Advanced')],
  ['Kaspersky Endpoint Detection and Response Optimum', 'Kaspersky EDR Optimum'],
  ['Kaspersky Hybrid Cloud Security', 'Kaspersky Hybrid Cloud Security (per server)'],
  ['Kaspersky Security for Mail Server', 'Kaspersky Mail Server Security (per mailbox)'],
  ['Kaspersky Vulnerability and Patch Management', 'Kaspersky Patch Management'],
])

function byCategory(name: string): Choice {
  return {
    WINDOWS_WORKSTATION: `${name} - Workstation`,
    WINDOWS_SERVER: `${name} - Windows Server`,
    NON_WINDOWS: `${name} - Linux & macOS`,
  }
}

/** Every so manieth customer is left alone, so that the newcomer has something to map. */
const leftForNewcomer = 9

/** Creates the integration, reads the directory, maps customers and applications, switches billing on. Returns its id. */
export async function setUp(ask: Ask, world: World): Promise<string> {
  const integrationId = await createIntegration(ask, world)
  await ask(readDirectory, { integrationId })
  await mapApplications(ask, integrationId)
  await mapCustomers(ask, integrationId)
  return integrationId
}

async function createIntegration(ask: Ask, world: World): Promise<string> {
  const { autotask, securityCenter } = world
  const created = await ask<{
    createIntegration: { integration: { id: string; version: number } }
  }>(create, {
    input: {
      name: 'Nordlicht practice',
      timeZone: 'Europe/Berlin',
      dailyRunHour: 3,
      autotask,
      securityCenter,
    },
  })
  const { id, version } = created.createIntegration.integration
  // Until the months have been lived, runs start by hand only.
  const paused = await ask<{ updateIntegration: { integration: { version: number } } }>(schedule, {
    id,
    version,
    enabled: false,
  })
  await ask(billByCategory, { id, version: paused.updateIntegration.integration.version })
  return id
}

async function mapApplications(ask: Ask, integrationId: string): Promise<void> {
  const { applications, services } = await ask<{
    applications: readonly { id: string; name: string; canSplit: boolean }[]
    services: { nodes: readonly { id: string; name: string }[] }
  }>(catalogue, { integrationId })
  const rows = applications.flatMap(({ id, name, canSplit }) =>
    choicesOf(serviceOf.get(name), canSplit).flatMap(({ category, serviceName }) => {
      const service = services.nodes.find((candidate) => candidate.name === serviceName)
      return service === undefined ? [] : [{ applicationId: id, category, serviceId: service.id }]
    }),
  )
  if (rows.length === 0) {
    throw new Error('The practice world has none of the applications that were to be mapped.')
  }
  await ask(saveServices, { integrationId, rows })
}

function choicesOf(
  choice: Choice | undefined,
  canSplit: boolean,
): readonly { category: Category | null; serviceName: string }[] {
  if (choice === undefined) return []
  const categories: readonly Category[] = ['WINDOWS_WORKSTATION', 'WINDOWS_SERVER', 'NON_WINDOWS']
  if (canSplit) {
    return categories.map((category) => ({
      category,
      serviceName: typeof choice === 'string' ? choice : choice[category],
    }))
  }
  return typeof choice === 'string' ? [{ category: null, serviceName: choice }] : []
}

async function mapCustomers(ask: Ask, integrationId: string): Promise<void> {
  const { tenants, autotaskAccounts } = await ask<{
    tenants: { nodes: readonly Tenant[] }
    autotaskAccounts: { nodes: readonly Account[] }
  }>(customers, { integrationId })
  const accountOf = pairByLikeness(tenants.nodes, autotaskAccounts.nodes)
  const rows = tenants.nodes.flatMap((tenant, index) => {
    const account = accountOf.get(tenant)
    if (account === undefined || index % leftForNewcomer === leftForNewcomer - 1) return []
    const contract = chooseContract(account.contracts)
    return [
      {
        tenantId: tenant.id,
        version: tenant.mapping.version,
        accountId: account.id,
        billingEnabled: contract !== undefined,
        contractId: contract?.id ?? null,
      },
    ]
  })
  await ask(saveCustomers, { integrationId, rows })
}

/** A monthly one where there is a choice. */
function chooseContract(contracts: readonly Contract[]): Contract | undefined {
  const available = contracts.filter(({ unavailableBecause }) => unavailableBecause === null)
  return available.find(({ periodMonths }) => periodMonths === 1) ?? available[0]
}

const create = /* GraphQL */ `
  mutation CreateIntegration($input: CreateIntegrationInput!) {
    createIntegration(input: $input) {
      integration {
        id
        version
      }
      problems {
        code
        message
      }
    }
  }
`

/** Switches the daily run on or off. */
export const schedule = /* GraphQL */ `
  mutation SetSchedule($id: ID!, $version: Int!, $enabled: Boolean!) {
    updateIntegration(id: $id, version: $version, input: { scheduleEnabled: $enabled }) {
      integration {
        version
      }
      problems {
        code
        message
      }
    }
  }
`

const billByCategory = /* GraphQL */ `
  mutation BillByCategory($id: ID!, $version: Int!) {
    setBillDevicesByCategory(integrationId: $id, version: $version, enabled: true) {
      problems {
        code
        message
      }
    }
  }
`

/** Reads virtual servers, accounts, contracts and services again, as the daily run does. */
export const readDirectory = /* GraphQL */ `
  mutation ReadDirectory($integrationId: ID!) {
    readDirectory(integrationId: $integrationId) {
      problems {
        code
        message
      }
    }
  }
`

const catalogue = /* GraphQL */ `
  query Catalogue($integrationId: ID!) {
    applications(integrationId: $integrationId) {
      id
      name
      canSplit
    }
    services(integrationId: $integrationId, first: 200, filter: { active: true }) {
      nodes {
        id
        name
      }
    }
  }
`

const customers = /* GraphQL */ `
  query Customers($integrationId: ID!) {
    tenants(integrationId: $integrationId, first: 200) {
      nodes {
        id
        name
        mapping {
          version
        }
      }
    }
    autotaskAccounts(integrationId: $integrationId, first: 200, filter: { active: true }) {
      nodes {
        id
        name
        contracts {
          id
          unavailableBecause
          periodMonths
        }
      }
    }
  }
`

const saveServices = /* GraphQL */ `
  mutation SaveServices($integrationId: ID!, $rows: [ServiceMappingInput!]!) {
    saveServiceMappings(integrationId: $integrationId, rows: $rows) {
      problems {
        code
        message
      }
    }
  }
`

const saveCustomers = /* GraphQL */ `
  mutation SaveCustomers($integrationId: ID!, $rows: [AccountMappingInput!]!) {
    saveAccountMappings(integrationId: $integrationId, rows: $rows) {
      problems {
        code
        message
      }
    }
  }
`
