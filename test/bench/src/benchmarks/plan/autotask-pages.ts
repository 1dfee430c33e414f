import type { ReconcileInput } from '@trueup/core'

const rowsPerPage = 500

/**
 * The ledger of an input as the texts that Autotask would have answered with: pages of 500 rows of Contracts,
 * ContractServices and ContractServiceUnits, with the fields that Autotask sends of each whether one needs them or not.
 */
export function buildAutotaskPages({ ledger }: Pick<ReconcileInput, 'ledger'>): string[] {
  return [
    ...toPages(
      ledger.contracts.map(({ id, account, name }) =>
        contractRow(Number(id), Number(account), name),
      ),
    ),
    ...toPages(
      ledger.lines.map(({ id, contract, service }) =>
        lineRow(Number(id), Number(contract), Number(service)),
      ),
    ),
    ...toPages(
      ledger.unitPeriods.map(({ line, startDay, endDay, units }, index) => ({
        id: 610_000 + index,
        approveAndPostDate: null,
        contractID: 29_000_000,
        contractServiceID: Number(line),
        cost: units * 1.85,
        endDate: `${endDay}T00:00:00.000Z`,
        internalCurrencyPrice: units * 3.4,
        organizationalLevelAssociationID: null,
        price: units * 3.4,
        serviceID: 301,
        startDate: `${startDay}T00:00:00.000Z`,
        units,
        vendorCompanyID: null,
      })),
    ),
  ]
}

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

function toPages(rows: readonly object[]): string[] {
  const pages: string[] = []
  for (let from = 0; from < rows.length; from += rowsPerPage) {
    const items = rows.slice(from, from + rowsPerPage)
    pages.push(
      JSON.stringify({
        items,
        pageDetails: {
          count: items.length,
          requestCount: rowsPerPage,
          prevPageUrl: null,
          nextPageUrl: null,
        },
      }),
    )
  }
  return pages
}
