import { addDays, type Day } from '../calendar.ts'
import type { Clock } from '../clock.ts'
import { DEFAULT_SWITCHES, type Switches } from '../switches.ts'
import { addLine, applyAdjustment, contractFor, referenceText } from './adjust.ts'
import type {
  AutotaskState,
  CatalogueRow,
  CompanyRow,
  ContractRow,
  LineRow,
} from './autotask-state.ts'
import { fillRows, moveEnd, renew } from './contract-changes.ts'
import { periodsOf } from './periods.ts'
import { approveAndPost, type Posting } from './posting.ts'
import { Refusal } from './refusal.ts'
import { unitsOn } from './units.ts'

/** An account to add; what is left out gets an ordinary value. */
interface AccountInput {
  companyName: string
  id?: number | undefined
  /** Whose account it is in this world. */
  customerID?: number | undefined
  isActive?: boolean | undefined
  city?: string | undefined
}

/** A contract to add. Without days it began on the first of this month and runs for a year. */
interface ContractInput {
  companyID: number
  contractName?: string | undefined
  contractType?: number | undefined
  status?: number | undefined
  startDate?: Day | undefined
  endDate?: Day | undefined
  contractPeriodType?: number | undefined
}

/** A service to add to the catalogue. */
export interface ServiceInput {
  name: string
  unitPrice?: number | undefined
  unitCost?: number | undefined
  periodType?: number | undefined
  sku?: string | undefined
  isActive?: boolean | undefined
}

/** A bundle to add to the catalogue. */
interface BundleInput {
  name: string
  unitPrice: number
  serviceIDs: readonly number[]
}

/** A line to add to a contract; with `units` it carries them from `from` (the contract's start) on. */
interface LineInput {
  contractID: number
  /** The service; a line has this or a bundle. */
  serviceID?: number | undefined
  serviceBundleID?: number | undefined
  units?: number | undefined
  unitPrice?: number | undefined
}

/** What a person does in Autotask's own screens. Throws `Refusal` with the screen's text. */
export interface AutotaskHand {
  addAccount(input: AccountInput): CompanyRow
  addContract(input: ContractInput): ContractRow
  addService(input: ServiceInput): CatalogueRow
  addBundle(input: BundleInput): CatalogueRow
  /** Without `units` the line has no unit rows; with `units: 0` it has rows of 0. */
  addLine(input: LineInput): LineRow
  /** Sets the units of a line from a day on; returns the change. */
  editUnits(input: { contractServiceID: number; units: number; from?: Day | undefined }): number
  endContract(input: { contractID: number; endDate: Day }): ContractRow
  renewContract(input: {
    contractID: number
    startDate?: Day | undefined
    endDate?: Day | undefined
  }): ContractRow
  post(input: { through: Day; contractIDs?: readonly number[] | undefined }): Posting
}

/** Everything the screens act on; read anew on every call, because a reset replaces the contents. */
export interface HandParts {
  autotask: AutotaskState
  clock: Clock
  switches: Switches
}

/** The allocation code of all services of this world. */
const BILLING_CODE_ID = 29_682_801

/** The hand of a person in this world. */
export function createHand(parts: HandParts): AutotaskHand {
  return {
    addAccount: (input) => addAccount(parts, input),
    addContract: (input) => addContract(parts, input),
    addService: (input) => addService(parts, input),
    addBundle: (input) => addBundle(parts, input),
    addLine: (input) => addFilledLine(parts, input),
    editUnits: (input) => editUnits(parts, input),
    endContract: ({ contractID, endDate }) => {
      const contract = existing(parts, contractID)
      moveEnd(parts.autotask, contract, endDate)
      contract.lastModifiedDateTime = parts.clock.now().toISOString()
      return contract
    },
    renewContract: ({ contractID, startDate, endDate }) => {
      const old = existing(parts, contractID)
      const begins = startDate ?? addDays(old.endDate, 1)
      const ends = endDate ?? addDays(`${Number(begins.slice(0, 4)) + 1}${begins.slice(4)}`, -1)
      const at = parts.clock.now().toISOString()
      return renew(parts.autotask, old, { startDate: begins, endDate: ends, at })
    },
    post: ({ through, contractIDs }) => {
      const contracts = contractIDs?.map((id) => existing(parts, id))
      return approveAndPost(parts.autotask, { through, ...(contracts && { contracts }) }, parts)
    },
  }
}

function addAccount({ autotask, clock }: HandParts, input: AccountInput): CompanyRow {
  const now = clock.now().toISOString()
  const row = {
    customerID: input.customerID ?? null,
    companyName: input.companyName,
    companyNumber: null,
    companyType: 1,
    isActive: input.isActive ?? true,
    phone: '',
    address1: null,
    city: input.city ?? null,
    postalCode: null,
    createDate: now,
    lastTrackedModifiedDateTime: now,
  }
  return input.id === undefined
    ? autotask.companies.add(row)
    : autotask.companies.insert({ ...row, id: input.id })
}

function addContract({ autotask, clock }: HandParts, input: ContractInput): ContractRow {
  if (!autotask.companies.get(input.companyID)) throw new Refusal(referenceText('companyID'))
  const startDate = input.startDate ?? `${clock.day().slice(0, 8)}01`
  const yearLater = `${Number(startDate.slice(0, 4)) + 1}${startDate.slice(4)}`
  const contractType = input.contractType ?? 7
  return autotask.contracts.add({
    companyID: input.companyID,
    contractName: input.contractName ?? 'Managed Services',
    contractNumber: null,
    contractType,
    status: input.status ?? 1,
    startDate,
    endDate: input.endDate ?? addDays(yearLater, -1),
    contractPeriodType: contractType === 7 ? (input.contractPeriodType ?? 2) : null,
    renewedContractID: null,
    timeReportingRequiresStartAndStopTimes: 0,
    isCompliant: true,
    isDefaultContract: false,
    setupFee: 0,
    lastModifiedDateTime: clock.now().toISOString(),
  })
}

function addService({ autotask, clock }: HandParts, input: ServiceInput): CatalogueRow {
  const now = clock.now().toISOString()
  return autotask.services.items.add({
    name: input.name,
    description: null,
    sku: input.sku ?? null,
    periodType: input.periodType ?? 2,
    unitPrice: input.unitPrice ?? 3,
    unitCost: input.unitCost ?? null,
    isActive: input.isActive ?? true,
    billingCodeID: BILLING_CODE_ID,
    createDate: now,
    lastModifiedDate: now,
  })
}

function addBundle({ autotask, clock }: HandParts, input: BundleInput): CatalogueRow {
  const now = clock.now().toISOString()
  const bundle = autotask.bundles.items.add({
    name: input.name,
    description: null,
    sku: null,
    periodType: 2,
    unitPrice: input.unitPrice,
    unitCost: null,
    isActive: true,
    billingCodeID: BILLING_CODE_ID,
    createDate: now,
    lastModifiedDate: now,
  })
  for (const serviceID of input.serviceIDs) {
    autotask.bundleMembers.add({ serviceBundleID: bundle.id, serviceID })
  }
  return bundle
}

function addFilledLine({ autotask }: HandParts, input: LineInput): LineRow {
  const contract = contractFor(autotask, input.contractID)
  const { unitPrice = null, units } = input
  const isBundle = input.serviceBundleID !== undefined
  const book = isBundle ? autotask.bundles : autotask.services
  const itemID = (isBundle ? input.serviceBundleID : input.serviceID) ?? null
  const line = addLine(book, { contractID: contract.id, itemID, unitPrice })
  if (units !== undefined) {
    fillRows(book, line, { contract, periods: periodsOf(contract), units })
  }
  return line
}

function editUnits(
  { autotask, clock }: HandParts,
  input: { contractServiceID: number; units: number; from?: Day | undefined },
): number {
  const line = autotask.services.lines.get(input.contractServiceID)
  if (!line) throw new Refusal(referenceText('contractServiceID'))
  const effectiveDate = input.from ?? clock.day()
  const unitChange = input.units - unitsOn(autotask.services, line, effectiveDate)
  const adjustment = {
    contractID: line.contractID,
    itemID: line.itemID,
    lineID: line.id,
    unitChange,
    effectiveDate,
    adjustedUnitPrice: null,
    adjustedUnitCost: null,
    allowRepeat: false,
    quoteItemID: null,
  }
  // The screen lets a person do what the API may refuse.
  const { postedPeriod, zeroUnits, periodStartRepeat } = DEFAULT_SWITCHES
  applyAdjustment(autotask, autotask.services, adjustment, {
    by: 'person',
    at: clock.now().toISOString(),
    switches: { postedPeriod, zeroUnits, periodStartRepeat },
  })
  return unitChange
}

function existing({ autotask }: HandParts, contractID: number): ContractRow {
  const contract = autotask.contracts.get(contractID)
  if (!contract) throw new Refusal(referenceText('contractID'))
  return contract
}
