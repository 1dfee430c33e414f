import type { ReconcileInput, UnitPeriod } from '@trueup/core'

const rowsPerPage = 500

/**
 * The ledger of an input as the texts that Autotask answers with: pages of 500 rows of Contracts, ContractServices and
 * ContractServiceUnits. `ALL`: every field of each row, as a query without `includeFields` brings them. `ASKED`: only the
 * fields that our own adapter asks for, which is the least that anybody can plan from.
 */
export function buildAutotaskPages(
  { ledger }: Pick<ReconcileInput, 'ledger'>,
  fields: 'ALL' | 'ASKED',
): string[] {
  const ownerOf = new Map(ledger.lines.map((line) => [line.id, line]))
  const contracts = ledger.contracts.map(({ id, account, name }) =>
    contractRow(Number(id), Number(account), name),
  )
  const lines = ledger.lines.map(({ id, contract, service }) =>
    lineRow(Number(id), Number(contract), Number(service)),
  )
  const units = ledger.unitPeriods.map((period, index) => {
    const owner = ownerOf.get(period.line)
    return unitRow(610_000 + index, period, Number(owner?.contract), Number(owner?.service))
  })
  return [
    ...toPages(contracts, fields === 'ALL' ? null : contractFields),
    ...toPages(lines, fields === 'ALL' ? null : lineFields),
    ...toPages(units, fields === 'ALL' ? null : unitFields),
  ]
}

const contractFields = [
  'id',
  'companyID',
  'contractName',
  'contractType',
  'status',
  'startDate',
  'endDate',
  'contractPeriodType',
  'renewedContractID',
]
const lineFields = [
  'id',
  'contractID',
  'serviceID',
  'unitPrice',
  'internalCurrencyUnitPrice',
  'internalCurrencyAdjustedPrice',
]
const unitFields = [
  'id',
  'contractID',
  'contractServiceID',
  'startDate',
  'endDate',
  'units',
  'price',
  'approveAndPostDate',
]

function contractRow(id: number, companyID: number, contractName: string): object {
  return {
    id,
    billingPreference: 2,
    billToCompanyContactID: null,
    billToCompanyID: null,
    companyID,
    contactID: null,
    contactName: null,
    contractCategory: null,
    contractExclusionSetID: null,
    contractName,
    contractNumber: '',
    contractPeriodType: 2,
    contractType: 7,
    description: '',
    endDate: '2027-12-31T00:00:00Z',
    estimatedCost: 0,
    estimatedHours: 0,
    estimatedRevenue: 0,
    exclusionContractID: null,
    internalCurrencyOverageBillingRate: null,
    internalCurrencySetupFee: 0,
    isCompliant: true,
    isDefaultContract: false,
    lastModifiedDateTime: '2026-02-01T09:12:44.133Z',
    opportunityID: null,
    organizationalLevelAssociationID: null,
    overageBillingRate: null,
    purchaseOrderNumber: '',
    renewedContractID: null,
    serviceLevelAgreementID: null,
    setupFee: 0,
    setupFeeBillingCodeID: null,
    startDate: '2025-01-01T00:00:00Z',
    status: 1,
    timeReportingRequiresStartAndStopTimes: 0,
    userDefinedFields: [],
  }
}

function lineRow(id: number, contractID: number, serviceID: number): object {
  return {
    id,
    contractID,
    internalCurrencyAdjustedPrice: 3.4,
    internalCurrencyUnitPrice: 3.4,
    internalDescription: '',
    invoiceDescription: '',
    quoteItemID: null,
    serviceID,
    unitCost: 1.85,
    unitPrice: 3.4,
  }
}

function unitRow(
  id: number,
  { line, startDay, endDay, units }: UnitPeriod,
  contractID: number,
  serviceID: number,
): object {
  return {
    id,
    approveAndPostDate: null,
    contractID,
    contractServiceID: Number(line),
    cost: toAmount(units * 1.85),
    endDate: `${endDay}T00:00:00Z`,
    internalCurrencyPrice: toAmount(units * 3.4),
    organizationalLevelAssociationID: null,
    price: toAmount(units * 3.4),
    serviceID,
    startDate: `${startDay}T00:00:00Z`,
    units,
    vendorCompanyID: null,
  }
}

/** Money as Autotask sends it: with four decimals at most. */
function toAmount(value: number): number {
  return Math.round(value * 10_000) / 10_000
}

function toPages(rows: readonly object[], fields: string[] | null): string[] {
  const pages: string[] = []
  for (let from = 0; from < rows.length; from += rowsPerPage) {
    const items = rows.slice(from, from + rowsPerPage)
    const pageDetails = {
      count: items.length,
      requestCount: rowsPerPage,
      prevPageUrl: null,
      nextPageUrl: null,
    }
    const wanted =
      fields === null ? null : ['items', 'pageDetails', ...Object.keys(pageDetails), ...fields]
    pages.push(JSON.stringify({ items, pageDetails }, wanted))
  }
  return pages
}
