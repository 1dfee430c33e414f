import type { AutotaskState, Book, LineRow, UnitRow } from '../../world/autotask-state.ts'
import { fromAmount4 } from '../../world/money.ts'
import { anyEntity } from './entity.ts'
import { field, fields, type Field } from './fields.ts'

const WORLD_CURRENCY = { isReadOnly: true }

const LINE_FIELDS: readonly Field<LineRow>[] = [
  field('long', 'id', { isReadOnly: true }),
  field('integer', 'contractID', {
    isRequired: true,
    isReadOnly: true,
    references: 'Contract',
    index: 'contractID',
  }),
  field('double', 'internalCurrencyAdjustedPrice', {
    ...WORLD_CURRENCY,
    read: (row) => row.adjustedPrice,
  }),
  field('double', 'internalCurrencyUnitPrice', { ...WORLD_CURRENCY, read: (row) => row.unitPrice }),
  field('string', 'internalDescription', { length: 100 }),
  field('string', 'invoiceDescription', { length: 1000 }),
  field('long', 'quoteItemID', { isReadOnly: true }),
  field('double', 'unitPrice'),
]

const UNIT_FIELDS: readonly Field<UnitRow>[] = [
  field('long', 'id', { isReadOnly: true }),
  field('integer', 'contractID', { references: 'Contract', index: 'contractID' }),
  field('day', 'startDate'),
  field<UnitRow>('day', 'endDate', {
    read: (row, switches) =>
      switches.changedPeriodRow === 'cut' && row.cutDate !== null ? row.cutDate : row.endDate,
  }),
  field<UnitRow>('integer', 'units', {
    read: (row, switches) =>
      row.kind === 'change' && switches.changeRowUnits === 'difference' ? row.delta : row.total,
  }),
  field<UnitRow>('double', 'price', { read: (row) => fromAmount4(row.price) }),
  field<UnitRow>('double', 'cost', { read: (row) => fromAmount4(row.cost) }),
  field<UnitRow>('double', 'internalCurrencyPrice', { read: (row) => fromAmount4(row.price) }),
  field('datetime', 'approveAndPostDate'),
  field('integer', 'organizationalLevelAssociationID'),
].map((unitField) => ({ ...unitField, isReadOnly: true }))

const LINE_RIGHTS = {
  canQuery: true,
  canCreate: true,
  canUpdate: true,
  canDelete: false,
  hasUserDefinedFields: false,
}

const UNIT_RIGHTS = { ...LINE_RIGHTS, canCreate: false, canUpdate: false }

const ADJUSTMENT_RIGHTS = { ...LINE_RIGHTS, canQuery: false, canUpdate: false }

/** Services on contracts. */
export const contractServices = anyEntity<LineRow>({
  root: 'ContractServices',
  name: 'ContractService',
  ...LINE_RIGHTS,
  table: (state) => state.services.lines,
  fields: [
    ...LINE_FIELDS,
    field('integer', 'serviceID', itemOf<LineRow>('Service')),
    field('double', 'unitCost'),
  ],
})

/** Units of services per period. */
export const contractServiceUnits = anyEntity<UnitRow>({
  root: 'ContractServiceUnits',
  name: 'ContractServiceUnit',
  ...UNIT_RIGHTS,
  table: (state) => state.services.units,
  fields: [
    ...UNIT_FIELDS,
    field('integer', 'contractServiceID', lineOf('ContractService')),
    field('integer', 'serviceID', { references: 'Service', read: (row) => row.itemID }),
    field('integer', 'vendorCompanyID'),
  ],
})

/** Adjustments of services: they can be made and never seen. */
export const contractServiceAdjustments = anyEntity<{ id: number }>({
  root: 'ContractServiceAdjustments',
  name: 'ContractServiceAdjustment',
  ...ADJUSTMENT_RIGHTS,
  table: unreadable,
  fields: [
    field('long', 'id', { isReadOnly: true }),
    ...fields('double', 'adjustedUnitCost adjustedUnitPrice'),
    field('boolean', 'allowRepeatService'),
    field('integer', 'contractID', { references: 'Contract' }),
    field('integer', 'contractServiceID', { references: 'ContractService' }),
    field('day', 'effectiveDate', { isRequired: true }),
    field('integer', 'quoteItemID'),
    field('integer', 'serviceID', { references: 'Service' }),
    field('integer', 'unitChange'),
  ],
})

/** Bundles on contracts. */
export const contractServiceBundles = anyEntity<LineRow>({
  root: 'ContractServiceBundles',
  name: 'ContractServiceBundle',
  ...LINE_RIGHTS,
  table: (state) => state.bundles.lines,
  fields: [
    ...LINE_FIELDS,
    field('integer', 'serviceBundleID', itemOf<LineRow>('ServiceBundle')),
    field('double', 'adjustedPrice'),
  ],
})

/** Units of bundles per period. */
export const contractServiceBundleUnits = anyEntity<UnitRow>({
  root: 'ContractServiceBundleUnits',
  name: 'ContractServiceBundleUnit',
  ...UNIT_RIGHTS,
  table: (state) => state.bundles.units,
  fields: [
    ...UNIT_FIELDS,
    field('integer', 'contractServiceBundleID', lineOf('ContractServiceBundle')),
    field('integer', 'serviceBundleID', { references: 'ServiceBundle', read: (row) => row.itemID }),
  ],
})

/** Adjustments of bundles. */
export const contractServiceBundleAdjustments = anyEntity<{ id: number }>({
  root: 'ContractServiceBundleAdjustments',
  name: 'ContractServiceBundleAdjustment',
  ...ADJUSTMENT_RIGHTS,
  table: unreadable,
  fields: [
    field('long', 'id', { isReadOnly: true }),
    field('double', 'adjustedUnitPrice'),
    field('boolean', 'allowRepeatServiceBundle'),
    field('integer', 'contractID', { references: 'Contract' }),
    field('integer', 'contractServiceBundleID', { references: 'ContractServiceBundle' }),
    field('day', 'effectiveDate', { isRequired: true }),
    field('integer', 'quoteItemID'),
    field('integer', 'serviceBundleID', { references: 'ServiceBundle' }),
    field('integer', 'unitChange'),
  ],
})

/** The book that an entity's rows stand in. */
export function bookOf(state: AutotaskState, root: string): Book {
  return root.includes('Bundle') ? state.bundles : state.services
}

function itemOf<Row extends { itemID: number }>(references: string) {
  return {
    isRequired: true,
    isReadOnly: true,
    references,
    index: 'itemID' as keyof Row & string,
    read: (row: Row) => row.itemID,
  }
}

function lineOf(references: string) {
  return {
    isReadOnly: true,
    references,
    index: 'lineID' as const,
    read: (row: UnitRow) => row.lineID,
  }
}

function unreadable(): never {
  throw new Error('adjustments have no route that reads them')
}
