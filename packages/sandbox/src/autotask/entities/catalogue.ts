import type { AutotaskState, BundleMemberRow, CatalogueRow } from '../../world/autotask-state.ts'
import { anyEntity } from './entity.ts'
import { field, fields, type Field } from './fields.ts'
import { PERIOD_TYPES } from './picklists.ts'

const SHARED: readonly Field<CatalogueRow>[] = [
  field('long', 'id', { isReadOnly: true }),
  field('integer', 'billingCodeID', { isRequired: true }),
  ...fields<CatalogueRow>('datetime', 'createDate lastModifiedDate', { isReadOnly: true }),
  ...fields<CatalogueRow>('integer', 'creatorResourceID updateResourceID', { isReadOnly: true }),
  field('string', 'description', { length: 400 }),
  field('string', 'invoiceDescription', { length: 1000 }),
  field('boolean', 'isActive'),
  field('string', 'name', { length: 100, isRequired: true }),
  field('integer', 'periodType', { isRequired: true, isReadOnly: true, picklist: PERIOD_TYPES }),
  field('long', 'serviceLevelAgreementID'),
  field('double', 'unitCost'),
  field('double', 'unitPrice', { isRequired: true }),
  ...fields<CatalogueRow>(
    'string',
    'manufacturerServiceProvider manufacturerServiceProviderProductNumber catalogNumberPartNumber sku internalID externalID url',
    { length: 50 },
  ),
  field('list', 'userDefinedFields', { isQueryable: false, read: () => [] }),
]

const WRITABLE = { canQuery: true, canCreate: true, canUpdate: true, hasUserDefinedFields: true }

/** The catalogue of services. */
export const services = anyEntity<CatalogueRow>({
  root: 'Services',
  name: 'Service',
  ...WRITABLE,
  canDelete: false,
  table: (state) => state.services.items,
  fields: [...SHARED, field('double', 'markupRate'), field('integer', 'vendorCompanyID')],
})

/** The catalogue of bundles. */
export const serviceBundles = anyEntity<CatalogueRow>({
  root: 'ServiceBundles',
  name: 'ServiceBundle',
  ...WRITABLE,
  canDelete: true,
  table: (state) => state.bundles.items,
  fields: [...SHARED, ...fields<CatalogueRow>('double', 'percentageDiscount unitDiscount')],
})

/** Which services make up a bundle. */
export const serviceBundleServices = anyEntity<BundleMemberRow>({
  root: 'ServiceBundleServices',
  name: 'ServiceBundleService',
  canQuery: true,
  canCreate: true,
  canUpdate: false,
  canDelete: true,
  hasUserDefinedFields: false,
  table: (state: AutotaskState) => state.bundleMembers,
  fields: [
    field('long', 'id', { isReadOnly: true }),
    field('long', 'serviceBundleID', {
      isRequired: true,
      references: 'ServiceBundle',
      index: 'serviceBundleID',
    }),
    field('long', 'serviceID', { isRequired: true, references: 'Service' }),
  ],
})
