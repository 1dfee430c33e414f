import type { Day } from '../calendar.ts'
import type { Amount4 } from './money.ts'
import { createTable, type Table } from './table.ts'

/** A customer in Autotask. Further columns of the entity are null unless somebody writes them. */
export interface CompanyRow {
  id: number
  /** Whose account it is in this world; no field of the entity. */
  customerID: number | null
  companyName: string
  companyNumber: string | null
  companyType: number
  isActive: boolean
  phone: string
  address1: string | null
  city: string | null
  postalCode: string | null
  createDate: string
  lastTrackedModifiedDateTime: string
  [column: string]: unknown
}

/** A contract. Days without time. */
export interface ContractRow {
  id: number
  companyID: number
  contractName: string
  contractNumber: string | null
  /** 7 = recurring service. */
  contractType: number
  /** 1 = in effect, 0 = inactive. */
  status: number
  startDate: Day
  endDate: Day
  contractPeriodType: number | null
  /** On the new contract: the one that it renews (direction inferred). */
  renewedContractID: number | null
  lastModifiedDateTime: string
  [column: string]: unknown
}

/** A service or a service bundle of the catalogue. */
export interface CatalogueRow {
  id: number
  name: string
  description: string | null
  sku: string | null
  periodType: number
  unitPrice: number
  unitCost: number | null
  isActive: boolean
  createDate: string
  lastModifiedDate: string
  [column: string]: unknown
}

/** A service's membership of a bundle. */
export interface BundleMemberRow {
  id: number
  serviceBundleID: number
  serviceID: number
}

/** A catalogue item on a contract: ContractService or ContractServiceBundle. */
export interface LineRow {
  id: number
  contractID: number
  /** Service or bundle. */
  itemID: number
  unitPrice: number
  unitCost: number | null
  /** The price in force after price adjustments. */
  adjustedPrice: number
  internalDescription: string | null
  invoiceDescription: string | null
  quoteItemID: number | null
}

/** One row of ContractServiceUnits or ContractServiceBundleUnits. */
export interface UnitRow {
  id: number
  contractID: number
  lineID: number
  itemID: number
  /** Start of the billing period that the row belongs to. */
  periodStart: Day
  startDate: Day
  endDate: Day
  /** The day before the next change in the same period; null without one. */
  cutDate: Day | null
  /** `period`: the period's own row; `change`: a change inside it, from `startDate` on. */
  kind: 'period' | 'change'
  /** Units that this row adds to those before it in the same period. */
  delta: number
  /** Units in force from `startDate` on. */
  total: number
  /** Price and cost of one unit for one whole period. */
  rate: Amount4
  costRate: Amount4
  /** Extended: what the row adds to the bill. */
  price: Amount4
  cost: Amount4
  /** Instant of Approve & Post. */
  approveAndPostDate: string | null
  vendorCompanyID: number | null
  adjustmentID: number | null
}

/** An adjustment that was taken. The API never shows it again; the sandbox's own inspection does. */
export interface AdjustmentRow {
  id: number
  contractID: number
  lineID: number
  kind: BookKind
  unitChange: number
  effectiveDate: Day
  adjustedUnitPrice: number | null
  /** Through the API, or by a person in Autotask's screens. */
  by: 'api' | 'person'
  at: string
}

/** What was approved and posted. */
export interface BillingItemRow {
  id: number
  companyID: number
  contractID: number
  itemName: string
  itemDate: Day
  postedDate: Day
  postedOnTime: string
  quantity: number
  rate: number
  extendedPrice: number
  ourCost: number
  [column: string]: unknown
}

/** Services and bundles behave alike; each has a book of its own. */
type BookKind = 'service' | 'bundle'

/** A catalogue with its lines and unit rows. */
export interface Book {
  kind: BookKind
  items: Table<CatalogueRow>
  lines: Table<LineRow>
  units: Table<UnitRow>
}

/** Everything Autotask knows. */
export interface AutotaskState {
  companies: Table<CompanyRow>
  contracts: Table<ContractRow>
  services: Book
  bundles: Book
  bundleMembers: Table<BundleMemberRow>
  adjustments: Table<AdjustmentRow>
  billingItems: Table<BillingItemRow>
}

/** An Autotask database without any rows. First ids are apart, so that a mixed-up id never fits by luck. */
export function createAutotaskState(): AutotaskState {
  return {
    companies: createTable<CompanyRow>(175_200),
    contracts: createTable<ContractRow>(29_683_100, ['companyID']),
    services: createBook('service', { items: 310, lines: 4_100, units: 610_000 }),
    bundles: createBook('bundle', { items: 60, lines: 2_200, units: 350_000 }),
    bundleMembers: createTable<BundleMemberRow>(80, ['serviceBundleID']),
    adjustments: createTable<AdjustmentRow>(7_000, ['lineID']),
    billingItems: createTable<BillingItemRow>(910_000, ['contractID']),
  }
}

function createBook(kind: BookKind, first: { items: number; lines: number; units: number }): Book {
  return {
    kind,
    items: createTable<CatalogueRow>(first.items),
    lines: createTable<LineRow>(first.lines, ['contractID', 'itemID']),
    units: createTable<UnitRow>(first.units, ['contractID', 'lineID']),
  }
}
