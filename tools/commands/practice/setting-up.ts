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

/** What a person chooses for the applications; the others are left for the newcomer. */
const serviceOf: ReadonlyMap<string, string> = new Map([
  [
    'Kaspersky Endpoint Security for Business - Select',
    'Kaspersky Endpoint Security (all devices)',
  ],
  [
    'Kaspersky Endpoint Security for Business - Advanced',
    'Kaspersky Endpoint Security (all devices)',
  ],
  ['Kaspersky Endpoint Detection and Response Optimum', 'Kaspersky EDR Optimum'],
  ['Kaspersky Hybrid Cloud Security', 'Kaspersky Security for Virtual Environments'],
  ['Kaspersky Security for Mail Server', 'Kaspersky Security for Microsoft Office 365'],
  ['Kaspersky Vulnerability and Patch Management', 'Kaspersky Vulnerability & Patch Management'],
])

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
  await ask(schedule, { id, version, enabled: false })
  return id
}

async function mapApplications(ask: Ask, integrationId: string): Promise<void> {
  const { applications, services } = await ask<{
    applications: readonly { id: string; name: string }[]
    services: { nodes: readonly { id: string; name: string }[] }
  }>(catalogue, { integrationId })
  const rows = applications.flatMap(({ id, name }) => {
    const service = services.nodes.find((candidate) => candidate.name === serviceOf.get(name))
    return service === undefined ? [] : [{ applicationId: id, serviceId: service.id }]
  })
  if (rows.length === 0)
    throw new Error('The practice world has none of the applications that were to be mapped.')
  await ask(saveServices, { integrationId, rows })
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
      problems {
        code
        message
      }
    }
  }
`

const readDirectory = /* GraphQL */ `
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
