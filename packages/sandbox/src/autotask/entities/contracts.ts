import type { ContractRow } from '../../world/autotask-state.ts'
import { anyEntity } from './entity.ts'
import { field, fields } from './fields.ts'
import { CONTRACT_STATUSES, CONTRACT_TYPES, PERIOD_TYPES, YES_NO } from './picklists.ts'

/** Contracts of all types. */
export const contracts = anyEntity<ContractRow>({
  root: 'Contracts',
  name: 'Contract',
  canQuery: true,
  canCreate: true,
  canUpdate: true,
  canDelete: false,
  hasUserDefinedFields: true,
  table: (state) => state.contracts,
  fields: [
    field('long', 'id', { isReadOnly: true }),
    ...fields<ContractRow>('integer', 'billingPreference billToCompanyContactID billToCompanyID'),
    // Metadata calls fields that are settable at creation only both required and read-only.
    field('integer', 'companyID', {
      isRequired: true,
      isReadOnly: true,
      references: 'Company',
      index: 'companyID',
    }),
    field('integer', 'contactID'),
    field('string', 'contactName', { length: 250 }),
    ...fields<ContractRow>('integer', 'contractCategory contractExclusionSetID'),
    field('string', 'contractName', { length: 100, isRequired: true }),
    field('string', 'contractNumber', { length: 50 }),
    field('integer', 'contractPeriodType', { isReadOnly: true, picklist: PERIOD_TYPES }),
    field('integer', 'contractType', {
      isRequired: true,
      isReadOnly: true,
      picklist: CONTRACT_TYPES,
    }),
    field('string', 'description', { length: 2000 }),
    field('day', 'startDate', { isRequired: true }),
    field('day', 'endDate', { isRequired: true }),
    ...fields<ContractRow>(
      'double',
      'estimatedCost estimatedHours estimatedRevenue overageBillingRate setupFee',
    ),
    ...fields<ContractRow>(
      'double',
      'internalCurrencyOverageBillingRate internalCurrencySetupFee',
      { isReadOnly: true },
    ),
    ...fields<ContractRow>('long', 'exclusionContractID setupFeeBillingCodeID'),
    field('long', 'renewedContractID', { isReadOnly: true, references: 'Contract' }),
    field('boolean', 'isCompliant', { isReadOnly: true }),
    field('boolean', 'isDefaultContract'),
    field('datetime', 'lastModifiedDateTime', { isReadOnly: true }),
    ...fields<ContractRow>(
      'integer',
      'opportunityID organizationalLevelAssociationID serviceLevelAgreementID',
    ),
    field('string', 'purchaseOrderNumber', { length: 50 }),
    field('integer', 'status', { isRequired: true, picklist: CONTRACT_STATUSES }),
    field('integer', 'timeReportingRequiresStartAndStopTimes', {
      isRequired: true,
      picklist: YES_NO,
    }),
    field('list', 'userDefinedFields', { isQueryable: false, read: () => [] }),
  ],
})
