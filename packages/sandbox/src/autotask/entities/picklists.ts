import type { PicklistValue } from './fields.ts'

/** Billing periods of contracts and services. */
export const PERIOD_TYPES: readonly PicklistValue[] = [
  { value: 2, label: 'Monthly' },
  { value: 3, label: 'Quarterly' },
  { value: 4, label: 'Semi-Annual' },
  { value: 5, label: 'Yearly' },
]

/** Kinds of contract; only recurring service carries services. */
export const CONTRACT_TYPES: readonly PicklistValue[] = [
  { value: 1, label: 'Time & Materials' },
  { value: 3, label: 'Fixed Price' },
  { value: 4, label: 'Block Hours' },
  { value: 6, label: 'Retainer' },
  { value: 7, label: 'Recurring Service' },
  { value: 8, label: 'Per Ticket' },
]

/** A contract's status; inactive does not stop billing. */
export const CONTRACT_STATUSES: readonly PicklistValue[] = [
  { value: 0, label: 'Inactive' },
  { value: 1, label: 'Active' },
]

/** Kinds of company. */
export const COMPANY_TYPES: readonly PicklistValue[] = [
  { value: 1, label: 'Customer' },
  { value: 2, label: 'Lead' },
  { value: 3, label: 'Prospect' },
  { value: 4, label: 'Dead' },
  { value: 6, label: 'Cancelation' },
  { value: 7, label: 'Vendor' },
  { value: 8, label: 'Partner' },
]

/** Start and stop times on time entries: off, on. */
export const YES_NO: readonly PicklistValue[] = [
  { value: 0, label: 'No' },
  { value: 1, label: 'Yes' },
]

/** Kinds of billing item; the numbers are this world's own, they differ between tenants. */
export const BILLING_ITEM_TYPES: readonly PicklistValue[] = [
  { value: 11, label: 'Recurring Contract Service' },
  { value: 12, label: 'Recurring Contract Service Bundle' },
]

/** Whether an item bills a period or a change inside it; this world's own numbers. */
export const BILLING_ITEM_SUBTYPES: readonly PicklistValue[] = [
  { value: 1, label: 'Period' },
  { value: 2, label: 'Adjustment' },
]
