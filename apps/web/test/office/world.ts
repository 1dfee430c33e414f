import { customerName } from './names.ts'

/** The pretend API's calendar day. Nothing here asks the machine's clock. */
export const today = '2026-08-17'

export interface WorldService {
  __typename: 'Service'
  id: string
  externalId: string
  name: string
  isActive: boolean
  periodMonths: number
  unitPrice: string
}
export interface WorldContract {
  __typename: 'Contract'
  id: string
  externalId: string
  name: string
  account: WorldAccount
  isRecurringService: boolean
  isActive: boolean
  startDay: string
  endDay: string
  periodMonths: number
  renewedAs: WorldContract | null
  unavailableBecause: 'NOT_RECURRING_SERVICE' | 'ENDED' | 'NOT_STARTED' | null
  webUrl: string
}
export interface WorldAccount {
  __typename: 'AutotaskAccount'
  id: string
  externalId: string
  name: string
  isActive: boolean
  takenBy: WorldTenant | null
  webUrl: string
  contracts: WorldContract[]
}
export interface WorldMapping {
  __typename: 'AccountMapping'
  id: string
  version: number
  tenant: WorldTenant
  account: WorldAccount | null
  billingEnabled: boolean
  contract: WorldContract | null
  effectiveDatePolicy: null
  updatedAt: string
}
export interface WorldTenant {
  __typename: 'VirtualServer'
  id: string
  externalId: string
  name: string
  isPresent: boolean
  firstSeenAt: string
  lastSeenAt: string
  mapping: WorldMapping
  usage: { application: WorldApplication; unit: string; quantity: number; byCategory: never[] }[]
}
export interface WorldServiceMapping {
  __typename: 'ServiceMapping'
  id: string
  version: number
  application: WorldApplication
  category: string | null
  service: WorldService
  counting: {
    basis: string
    includedUnits: number
    minimumUnits: number
  }
}
export interface WorldApplication {
  __typename: 'Application'
  id: string
  name: string
  unit: 'DEVICE' | 'USER' | 'MAILBOX'
  canSplit: boolean
  unitsInUse: number
  unitsByCategory: { category: string | null; units: number }[]
  mappings: WorldServiceMapping[]
  proposedService: WorldService | null
  unmappedUnits: number
  revenueAtRiskPerMonth: string | null
}

/** Everything the pretend API knows of the vendors' side. */
export interface World {
  tenants: WorldTenant[]
  accounts: WorldAccount[]
  contracts: WorldContract[]
  services: WorldService[]
  applications: WorldApplication[]
}

const serviceNames: readonly (readonly [string, string])[] = [
  ['Endpoint Protection – Workstation', '4.0000'],
  ['Endpoint Protection – Server', '9.5000'],
  ['Endpoint Protection – Mac and Linux', '4.2500'],
  ['EDR Optimum', '6.7500'],
  ['Microsoft 365 Mail Protection', '1.9500'],
  ['Mobile Device Protection', '2.2500'],
  ['Managed Backup', '25.0000'],
]
const applicationNames: readonly (readonly [string, 'DEVICE' | 'USER' | 'MAILBOX', number])[] = [
  ['Kaspersky Endpoint Security for Business Advanced', 'DEVICE', 1480],
  ['Kaspersky Endpoint Detection and Response Optimum', 'DEVICE', 412],
  ['Kaspersky Security for Microsoft Office 365', 'MAILBOX', 655],
  ['Kaspersky Hybrid Cloud Security, Server', 'DEVICE', 138],
  ['Kaspersky Security for Mobile', 'DEVICE', 96],
  ['Kaspersky Automated Security Awareness Platform', 'USER', 120],
]

/** A provider with `tenants` customers; six of seven are mapped, five of seven billed. */
export function buildWorld(tenants = 60): World {
  const services = serviceNames.map(([name, unitPrice], index): WorldService => ({
    __typename: 'Service',
    id: `service-${index + 1}`,
    externalId: String(900 + index),
    name,
    isActive: true,
    periodMonths: 1,
    unitPrice,
  }))
  const applications = applicationNames.map(([name, unit, units], index) =>
    buildApplication(index, name, unit, units),
  )
  const accounts = Array.from({ length: tenants + 6 }, (_, index) => buildAccount(index, tenants))
  const world: World = {
    tenants: [],
    accounts,
    contracts: accounts.flatMap((account) => account.contracts),
    services,
    applications,
  }
  world.tenants = Array.from({ length: tenants }, (_, index) => buildTenant(index, world))
  for (const index of [0, 1, 2]) mapApplication(world, index)
  return world
}

function buildApplication(
  index: number,
  name: string,
  unit: WorldApplication['unit'],
  unitsInUse: number,
): WorldApplication {
  const servers = Math.round(unitsInUse * 0.12)
  const others = Math.round(unitsInUse * 0.07)
  return {
    __typename: 'Application',
    id: `application-${index + 1}`,
    name,
    unit,
    canSplit: unit === 'DEVICE',
    unitsInUse,
    unitsByCategory:
      unit === 'DEVICE'
        ? [
            { category: 'WINDOWS_WORKSTATION', units: unitsInUse - servers - others },
            { category: 'WINDOWS_SERVER', units: servers },
            { category: 'NON_WINDOWS', units: others },
          ]
        : [],
    mappings: [],
    proposedService: null,
    unmappedUnits: unitsInUse,
    revenueAtRiskPerMonth: index === 3 ? '1311.0000' : null,
  }
}

function mapApplication(world: World, index: number): void {
  const application = world.applications[index]
  const service = world.services[[0, 3, 4][index] ?? 0]
  if (application === undefined || service === undefined) return
  application.unmappedUnits = 0
  application.mappings = [
    {
      __typename: 'ServiceMapping',
      id: `service-mapping-${index + 1}`,
      version: 1,
      application,
      category: null,
      service,
      counting: { basis: 'CURRENT', includedUnits: 0, minimumUnits: 0 },
    },
  ]
}

function buildAccount(index: number, tenants: number): WorldAccount {
  const isCustomer = index < tenants
  const name = isCustomer
    ? accountName(customerName(index), index)
    : `Prospect ${customerName(index - tenants)}`
  const account: WorldAccount = {
    __typename: 'AutotaskAccount',
    id: `account-${index + 1}`,
    externalId: String(29_683_000 + index),
    name,
    isActive: true,
    takenBy: null,
    webUrl: `https://ww5.autotask.net/account/${index + 1}`,
    contracts: [],
  }
  account.contracts = [
    buildContract(account, [1, 'Managed Security'], ['2026-01-01', '2026-12-31'], null),
    buildContract(account, [2, 'Managed Security 2025'], ['2025-01-01', '2025-12-31'], 'ENDED'),
    buildContract(
      account,
      [3, 'Project hours'],
      ['2026-03-01', '2027-02-28'],
      'NOT_RECURRING_SERVICE',
    ),
    ...(index % 3 === 0
      ? [
          buildContract(
            account,
            [4, 'Managed Security 2027'],
            ['2027-01-01', '2027-12-31'],
            'NOT_STARTED',
          ),
        ]
      : []),
  ]
  return account
}

function accountName(name: string, index: number): string {
  return index % 4 === 1 ? `${name} Ltd` : name
}

function buildContract(
  account: WorldAccount,
  [number, name]: readonly [number, string],
  [startDay, endDay]: readonly [string, string],
  unavailableBecause: WorldContract['unavailableBecause'],
): WorldContract {
  return {
    __typename: 'Contract',
    id: `${account.id}-contract-${number}`,
    externalId: `${account.externalId}${number}`,
    name,
    account,
    isRecurringService: unavailableBecause !== 'NOT_RECURRING_SERVICE',
    isActive: true,
    startDay,
    endDay,
    periodMonths: 1,
    unavailableBecause,
    renewedAs: null,
    webUrl: `https://ww5.autotask.net/contract/${account.externalId}${number}`,
  }
}

function buildTenant(index: number, world: World): WorldTenant {
  const account = world.accounts[index] ?? null
  const isMapped = index % 7 !== 5 && account !== null
  const tenant: WorldTenant = {
    __typename: 'VirtualServer',
    id: `tenant-${index + 1}`,
    externalId: String(index + 1),
    name: customerName(index),
    isPresent: index !== 12,
    firstSeenAt: '2026-05-02T03:00:00.000Z',
    lastSeenAt: '2026-08-17T03:00:00.000Z',
    mapping: undefined as never,
    usage: world.applications.slice(0, 1 + (index % 3)).map((application, at) => ({
      application,
      unit: application.unit,
      quantity: 4 + ((index * 37 + at * 11) % 70),
      byCategory: [],
    })),
  }
  tenant.mapping = {
    __typename: 'AccountMapping',
    id: `mapping-${index + 1}`,
    version: 1,
    tenant,
    account: isMapped ? account : null,
    billingEnabled: isMapped && index % 7 !== 2,
    contract: isMapped && index % 7 !== 2 ? (account.contracts[0] ?? null) : null,
    effectiveDatePolicy: null,
    updatedAt: '2026-08-01T09:12:00.000Z',
  }
  if (isMapped) account.takenBy = tenant
  return tenant
}
