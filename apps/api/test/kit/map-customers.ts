import type { Practice } from './start-practice.ts'

/** One customer that is mapped and billed: ids of both sides. */
export interface MappedCustomer {
  readonly tenantId: string
  readonly name: string
  /** Autotask's id of the chosen contract. */
  readonly contract: number
  /** The virtual server's id in the sandbox. */
  readonly virtualServerId: number
}

interface TenantNode {
  readonly id: string
  readonly name: string
  readonly externalId: string
  readonly mapping: { readonly version: number }
}

interface AccountNode {
  readonly id: string
  readonly externalId: string
  readonly contracts: readonly {
    readonly id: string
    readonly externalId: string
    readonly unavailableBecause: string | null
  }[]
}

interface DirectoryAnswer {
  readonly tenants: { readonly nodes: readonly TenantNode[] }
  readonly autotaskAccounts: { readonly nodes: readonly AccountNode[] }
  readonly services: { readonly nodes: readonly { id: string; name: string }[] }
  readonly applications: readonly { id: string; name: string }[]
}

const DIRECTORY = /* GraphQL */ `
  query ($id: ID!) {
    tenants(integrationId: $id, first: 500) {
      nodes {
        id
        name
        externalId
        mapping {
          version
        }
      }
    }
    autotaskAccounts(integrationId: $id, first: 500) {
      nodes {
        id
        externalId
        contracts {
          id
          externalId
          unavailableBecause
        }
      }
    }
    services(integrationId: $id, first: 500) {
      nodes {
        id
        name
      }
    }
    applications(integrationId: $id) {
      id
      name
    }
  }
`

/**
 * Reads the directory, maps every application to a service and every customer that has a usable contract, and switches
 * billing on: the practice world as a finished morning's work leaves it. Lines that carry units by hand are left out.
 */
export async function mapCustomers(practice: Practice): Promise<MappedCustomer[]> {
  const directory = await readDirectory(practice)
  await mapServices(practice, directory)
  const customers = matchCustomers(practice, directory)
  await saveMappings(
    practice,
    customers.map(({ row }) => row),
  )
  return customers.map(({ customer }) => customer)
}

/**
 * Maps the first application to the first service and every tenant to the account of the same place in the list, for
 * worlds whose accounts are all alike. Returns the application's name.
 */
export async function mapInOrder(practice: Practice): Promise<string> {
  const directory = await readDirectory(practice)
  const [application] = directory.applications
  const accounts = directory.autotaskAccounts.nodes.filter(
    (account) => account.contracts.length > 0,
  )
  if (application === undefined) throw new Error('no application is in use')
  await mapServices(practice, { ...directory, applications: [application] })
  await saveMappings(
    practice,
    directory.tenants.nodes.slice(0, accounts.length).map((tenant, index) => ({
      tenantId: tenant.id,
      version: tenant.mapping.version,
      accountId: accounts[index]?.id,
      billingEnabled: true,
      contractId: accounts[index]?.contracts[0]?.id,
    })),
  )
  return application.name
}

async function readDirectory({ trueup, integrationId: id }: Practice): Promise<DirectoryAnswer> {
  await trueup.ask(
    'mutation ($id: ID!) { readDirectory(integrationId: $id) { problems { code } } }',
    { id },
  )
  return (await trueup.ask<DirectoryAnswer>(DIRECTORY, { id })).data
}

async function saveMappings(
  { trueup, integrationId: id }: Practice,
  rows: readonly object[],
): Promise<void> {
  const saved = await trueup.ask<{ saveAccountMappings: { problems: { code: string }[] } }>(
    `mutation ($id: ID!, $rows: [AccountMappingInput!]!) {
      saveAccountMappings(integrationId: $id, rows: $rows) { problems { code message } } }`,
    { id, rows },
  )
  const { problems } = saved.data.saveAccountMappings
  if (problems.length > 0) throw new Error(`not mapped: ${JSON.stringify(problems)}`)
}

async function mapServices(practice: Practice, directory: DirectoryAnswer): Promise<void> {
  const services = directory.services.nodes
  const rows = directory.applications.map((application, index) => ({
    applicationId: application.id,
    category: null,
    version: null,
    serviceId: (services.find((service) => service.name === application.name) ?? services[index])
      ?.id,
  }))
  const saved = await practice.trueup.ask<{ saveServiceMappings: { problems: unknown[] } }>(
    `mutation ($id: ID!, $rows: [ServiceMappingInput!]!) {
      saveServiceMappings(integrationId: $id, rows: $rows) { problems { code message } } }`,
    { id: practice.integrationId, rows },
  )
  const { problems } = saved.data.saveServiceMappings
  if (problems.length > 0) throw new Error(`not mapped: ${JSON.stringify(problems)}`)
}

function matchCustomers(
  { sandbox }: Practice,
  directory: DirectoryAnswer,
): { customer: MappedCustomer; row: object }[] {
  const { customers, virtualServers } = sandbox.state()
  const uidOf = new Map(virtualServers.map((server) => [server.id, server.uid]))
  const tenants = new Map(directory.tenants.nodes.map((tenant) => [tenant.externalId, tenant]))
  const accounts = new Map(
    directory.autotaskAccounts.nodes.map((account) => [account.externalId, account]),
  )
  return customers.flatMap(({ name, accountID, virtualServerId }) => {
    if (accountID === null || virtualServerId === null) return []
    const tenant = tenants.get(uidOf.get(virtualServerId) ?? '')
    const account = accounts.get(String(accountID))
    const contract = account?.contracts.find((one) => one.unavailableBecause === null)
    if (tenant === undefined || account === undefined || contract === undefined) return []
    return [
      {
        customer: {
          tenantId: tenant.id,
          name,
          contract: Number(contract.externalId),
          virtualServerId,
        },
        row: {
          tenantId: tenant.id,
          version: tenant.mapping.version,
          accountId: account.id,
          billingEnabled: true,
          contractId: contract.id,
        },
      },
    ]
  })
}
