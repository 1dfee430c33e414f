import type { CompanyRow } from '../../world/autotask-state.ts'
import { anyEntity } from './entity.ts'
import { field, fields } from './fields.ts'
import { COMPANY_TYPES } from './picklists.ts'

/** Customers. Id 0 is the provider itself. */
export const companies = anyEntity<CompanyRow>({
  root: 'Companies',
  name: 'Company',
  canQuery: true,
  canCreate: true,
  canUpdate: true,
  canDelete: false,
  hasUserDefinedFields: true,
  table: (state) => state.companies,
  fields: [
    field('long', 'id', { isReadOnly: true }),
    ...fields<CompanyRow>('string', 'additionalAddressInformation address1 address2', {
      length: 100,
    }),
    ...fields<CompanyRow>('string', 'alternatePhone1 alternatePhone2', { length: 25 }),
    field('integer', 'apiVendorID', { isReadOnly: true }),
    field('double', 'assetValue'),
    field('integer', 'billToCompanyLocationID'),
    ...fields<CompanyRow>(
      'string',
      'billToAdditionalAddressInformation billingAddress1 billingAddress2 billToAttention billToCity billToState billToZipCode',
      { length: 100 },
    ),
    ...fields<CompanyRow>('integer', 'billToAddressToUse billToCountryID'),
    field('string', 'city', { length: 30 }),
    ...fields<CompanyRow>('integer', 'classification companyCategoryID competitorID countryID'),
    field('string', 'companyName', { length: 100, isRequired: true }),
    field('string', 'companyNumber', { length: 50 }),
    field('integer', 'companyType', { isRequired: true, picklist: COMPANY_TYPES }),
    field('datetime', 'createDate', { isReadOnly: true }),
    ...fields<CompanyRow>('integer', 'createdByResourceID currencyID', { isReadOnly: true }),
    field('string', 'fax', { length: 25 }),
    ...fields<CompanyRow>(
      'integer',
      'impersonatorCreatorResourceID invoiceEmailMessageID invoiceMethod invoiceTemplateID marketSegmentID ownerResourceID',
    ),
    field('boolean', 'isActive'),
    ...fields<CompanyRow>(
      'boolean',
      'invoiceNonContractItemsToParentCompany isClientPortalActive isEnabledForComanaged isSample isTaskFireActive isTaxExempt',
    ),
    ...fields<CompanyRow>('datetime', 'lastActivityDate lastTrackedModifiedDateTime', {
      isReadOnly: true,
    }),
    field('integer', 'parentCompanyID', { references: 'Company' }),
    field('string', 'phone', { length: 25, isRequired: true }),
    field('string', 'postalCode', { length: 10 }),
    ...fields<CompanyRow>(
      'integer',
      'purchaseOrderTemplateID quoteEmailMessageID quoteTemplateID taxRegionID territoryID',
    ),
    ...fields<CompanyRow>('string', 'sicCode state stockMarket stockSymbol taxID webAddress', {
      length: 50,
    }),
    field('double', 'surveyCompanyRating', { isReadOnly: true }),
    field('list', 'userDefinedFields', { isQueryable: false, read: () => [] }),
  ],
})
