import type { Practice } from './start-practice.ts'

/** A tenant as tests of mappings want it. */
export interface ListedTenant {
  id: string
  name: string
  mapping: {
    version: number
    billingEnabled: boolean
    account: { id: string; name: string } | null
    contract: { id: string } | null
  }
}

/** An account with its contracts. */
export interface ListedAccount {
  id: string
  name: string
  takenBy: { name: string } | null
  contracts: {
    id: string
    name: string
    isRecurringService: boolean
    unavailableBecause: string | null
  }[]
}

/** An application with what it is mapped to. */
export interface ListedApplication {
  id: string
  name: string
  canSplit: boolean
  unmappedUnits: number
  proposedService: { id: string } | null
  revenueAtRiskPerMonth: string | null
  mappings: { id: string; version: number; category: string | null; service: { id: string } }[]
}

/** What there is to map, as the API tells it. */
export interface Listed {
  tenants: ListedTenant[]
  accounts: ListedAccount[]
  applications: ListedApplication[]
  services: { id: string; name: string; isActive: boolean }[]
}

/** Reads tenants, accounts, applications and services by GraphQL, the first 500 of each. */
export async function readEverything({ trueup, integrationId }: Practice): Promise<Listed> {
  const { data, errors } = await trueup.ask<{
    tenants: { nodes: ListedTenant[] }
    autotaskAccounts: { nodes: ListedAccount[] }
    services: { nodes: Listed['services'] }
    applications: ListedApplication[]
  }>(EVERYTHING, { integrationId })
  if (errors.length > 0) throw new Error(JSON.stringify(errors))
  return {
    tenants: data.tenants.nodes,
    accounts: data.autotaskAccounts.nodes,
    services: data.services.nodes,
    applications: data.applications,
  }
}

const EVERYTHING = /* GraphQL */ `
  query ($integrationId: ID!) {
    tenants(integrationId: $integrationId, first: 500) {
      nodes {
        id
        name
        mapping {
          version
          billingEnabled
          account {
            id
            name
          }
          contract {
            id
          }
        }
      }
    }
    autotaskAccounts(integrationId: $integrationId, first: 500) {
      nodes {
        id
        name
        takenBy {
          name
        }
        contracts {
          id
          name
          isRecurringService
          unavailableBecause
        }
      }
    }
    services(integrationId: $integrationId, first: 500) {
      nodes {
        id
        name
        isActive
      }
    }
    applications(integrationId: $integrationId) {
      id
      name
      canSplit
      unmappedUnits
      revenueAtRiskPerMonth
      proposedService {
        id
      }
      mappings {
        id
        version
        category
        service {
          id
        }
      }
    }
  }
`
