import type { Day } from './calendar.ts'
import type {
  AdjustmentRow,
  BillingItemRow,
  Book,
  CatalogueRow,
  CompanyRow,
  ContractRow,
  LineRow,
  UnitRow,
} from './world/autotask-state.ts'
import { fromAmount4 } from './world/money.ts'
import type { SecurityState } from './world/security/security-state.ts'
import { usageTruth, type UsageCount } from './world/security/usage-truth.ts'
import {
  workspaceTruth,
  type Workspace,
  type WorkspaceCount,
} from './world/workspaces/workspace-state.ts'
import type { World } from './world/world.ts'

/** A unit row as `/state` shows it: days without time, money as numbers. */
export interface UnitPeriodState {
  id: number
  contractID: number
  /** The line; for bundles the id of the ContractServiceBundle. */
  contractServiceID: number
  serviceID: number
  startDate: Day
  endDate: Day
  /** Units in force from `startDate` on. */
  units: number
  /** Units that this row adds to those before it in its period. */
  unitChange: number
  /** Extended: what the row adds to the bill. */
  price: number
  cost: number
  posted: boolean
  approveAndPostDate: string | null
  /** `period`, or `change` for a change inside one. */
  kind: UnitRow['kind']
}

/** A line with its unit rows in order of id. */
export interface LineState {
  id: number
  contractID: number
  serviceID: number
  serviceName: string
  unitPrice: number
  adjustedPrice: number
  unitPeriods: UnitPeriodState[]
}

/** An account as `/state` shows it. */
export interface AccountState {
  id: number
  companyName: string
  companyNumber: string | null
  isActive: boolean
  city: string | null
}

/** Who is who: the account and the virtual server of one customer. Only the world itself knows. */
interface CustomerState {
  id: number
  name: string
  accountID: number | null
  virtualServerId: number | null
}

/** The whole world, as `GET /state` answers it. */
export interface SandboxState {
  seed: number
  day: Day
  customers: CustomerState[]
  accounts: AccountState[]
  services: CatalogueRow[]
  contracts: ContractRow[]
  lines: LineState[]
  /** The unit rows of all lines once more, in one list. */
  unitPeriods: UnitPeriodState[]
  bundles: CatalogueRow[]
  bundleLines: LineState[]
  /** Adjustments that were taken, by the API or by a person; Autotask itself never shows them. */
  adjustments: AdjustmentRow[]
  billingItems: BillingItemRow[]
  virtualServers: SecurityState['virtualServers']
  groups: SecurityState['groups']
  devices: SecurityState['devices']
  keys: SecurityState['keys']
  keyUses: SecurityState['keyUses']
  /** The true usage of virtual servers, made from the world alone. */
  usage: UsageCount[]
  workspaces: Workspace[]
  /** The true usage of workspaces. */
  workspaceUsage: WorkspaceCount[]
}

/** A copy of everything, detached from the world. */
export function stateOf(world: World): SandboxState {
  const { autotask, security, clock } = world
  const lines = linesOf(autotask.services)
  // Rows of the Autotask side change in place, so they are copied; lines, unit rows and accounts are made anew here.
  const copied = structuredClone({
    services: autotask.services.items.all(),
    contracts: autotask.contracts.all(),
    bundles: autotask.bundles.items.all(),
    adjustments: autotask.adjustments.all(),
    billingItems: autotask.billingItems.all(),
  })
  return {
    seed: world.seed,
    day: clock.day(),
    customers: customersOf(world),
    accounts: autotask.companies.all().map(accountState),
    services: [...copied.services],
    contracts: [...copied.contracts],
    lines,
    unitPeriods: lines.flatMap((line) => line.unitPeriods),
    bundles: [...copied.bundles],
    bundleLines: linesOf(autotask.bundles),
    adjustments: [...copied.adjustments],
    billingItems: [...copied.billingItems],
    // Members of the Kaspersky side are replaced and never changed, so copies of the lists are detached.
    virtualServers: [...security.virtualServers],
    groups: [...security.groups],
    devices: [...security.devices],
    keys: [...security.keys],
    keyUses: [...security.keyUses],
    usage: usageTruth(security, clock.now()),
    workspaces: [...world.workspaces.workspaces],
    workspaceUsage: workspaceTruth(world.workspaces, clock.day()),
  }
}

function customersOf({
  customers,
  protectedCustomers,
  autotask,
  security,
}: World): CustomerState[] {
  const accounts = new Map(autotask.companies.all().map((row) => [row.customerID, row.id]))
  const servers = new Set(security.virtualServers.map((server) => server.id))
  return customers.map(({ id, name }) => ({
    id,
    name,
    accountID: accounts.get(id) ?? null,
    virtualServerId: id <= protectedCustomers && servers.has(id) ? id : null,
  }))
}

function accountState({
  id,
  companyName,
  companyNumber,
  isActive,
  city,
}: CompanyRow): AccountState {
  return { id, companyName, companyNumber, isActive, city }
}

function linesOf(book: Book): LineState[] {
  return book.lines.all().map((line) => lineState(book, line))
}

function lineState(book: Book, line: LineRow): LineState {
  return {
    id: line.id,
    contractID: line.contractID,
    serviceID: line.itemID,
    serviceName: book.items.get(line.itemID)?.name ?? '',
    unitPrice: line.unitPrice,
    adjustedPrice: line.adjustedPrice,
    unitPeriods: book.units.by('lineID', line.id).map(unitPeriodState),
  }
}

function unitPeriodState(row: UnitRow): UnitPeriodState {
  return {
    id: row.id,
    contractID: row.contractID,
    contractServiceID: row.lineID,
    serviceID: row.itemID,
    startDate: row.startDate,
    endDate: row.endDate,
    units: row.total,
    unitChange: row.delta,
    price: fromAmount4(row.price),
    cost: fromAmount4(row.cost),
    posted: row.approveAndPostDate !== null,
    approveAndPostDate: row.approveAndPostDate,
    kind: row.kind,
  }
}
