import type { BillingItemRow } from '../../world/autotask-state.ts'
import { anyEntity } from './entity.ts'
import { field, fields } from './fields.ts'
import { BILLING_ITEM_SUBTYPES, BILLING_ITEM_TYPES } from './picklists.ts'

/** What was approved and posted. Only `webServiceDate` may be written. */
export const billingItems = anyEntity<BillingItemRow>({
  root: 'BillingItems',
  name: 'BillingItem',
  canQuery: true,
  canCreate: false,
  canUpdate: true,
  canDelete: false,
  hasUserDefinedFields: false,
  table: (state) => state.billingItems,
  fields: [
    field('long', 'id'),
    field('integer', 'billingItemType', { picklist: BILLING_ITEM_TYPES }),
    field('integer', 'subType', { picklist: BILLING_ITEM_SUBTYPES }),
    field('integer', 'companyID', { references: 'Company' }),
    field('integer', 'contractID', { references: 'Contract', index: 'contractID' }),
    ...fields<BillingItemRow>(
      'integer',
      'accountManagerWhenApprovedID billingCodeID taxCategoryID contractBlockID contractServiceAdjustmentID contractServiceBundleAdjustmentID contractServiceBundleID contractServiceBundlePeriodID contractServiceID contractServicePeriodID expenseItemID invoiceID itemApproverID nonBillable organizationalLevelAssociationID projectID roleID taskID ticketID timeEntryID',
    ),
    ...fields<BillingItemRow>(
      'long',
      'configurationItemID contractChargeID milestoneID projectChargeID serviceBundleID serviceID sortOrderID ticketChargeID vendorID',
    ),
    ...fields<BillingItemRow>('string', 'description itemName purchaseOrderNumber', {
      length: 2000,
    }),
    ...fields<BillingItemRow>('string', 'lineItemFullDescription lineItemGroupDescription', {
      isQueryable: false,
    }),
    ...fields<BillingItemRow>(
      'double',
      'extendedPrice ourCost quantity rate taxDollars totalAmount',
    ),
    ...fields<BillingItemRow>('double', 'internalCurrencyTaxDollars'),
    field<BillingItemRow>('double', 'internalCurrencyExtendedPrice', {
      read: (row) => row.extendedPrice,
    }),
    field<BillingItemRow>('double', 'internalCurrencyRate', { read: (row) => row.rate }),
    field<BillingItemRow>('double', 'internalCurrencyTotalAmount', {
      read: (row) => row.extendedPrice,
    }),
    ...fields<BillingItemRow>('day', 'itemDate postedDate'),
    field('datetime', 'postedOnTime'),
    { ...field<BillingItemRow>('datetime', 'webServiceDate'), isReadOnly: false },
  ].map((itemField) => ({ ...itemField, isReadOnly: itemField.name !== 'webServiceDate' })),
})
