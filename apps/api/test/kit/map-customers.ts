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
  const { trueup, integrationId: id } = practice
  await trueup.ask(
    'mutation ($id: ID!) { readDirectory(integrationId: $id) { problems { code } } }',
    { id },
  )
  const { data: directory } = await trueup.ask<DirectoryAnswer>(DIRECTORY, { id })
  await mapServices(practice, directory)
  const customers = matchCustomers(practice, directory)
  const saved = await trueup.ask<{ saveAccountMappings: { problems: { code: string }[] } }>(
    `mutation ($id: ID!, $rows: [AccountMappingInput!]!) {
      saveAccountMappings(integrationId: $id, rows: $rows) { problems { code message } } }`,
    { id, rows: customers.map(({ row }) => row) },
  )
  const { problems } = saved.data.saveAccountMappings
  if (problems.length > 0) throw new Error(`not mapped: ${JSON.stringify(problems)}`)
  return customers.map(({ customer }) => customer)
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
