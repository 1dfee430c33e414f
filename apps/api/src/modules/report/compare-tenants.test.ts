import { expect, test } from 'vitest'
import type { TenantRow } from '../tenant/tenant.entity.ts'
import { isSuspicious, type TenantChange } from './compare-tenants.ts'

const change = (missing: number, more: Partial<TenantChange> = {}): TenantChange => ({
  known: 100,
  missing: Array.from({ length: missing }, () => ({}) as TenantRow),
  appeared: [],
  isMappedOneMissing: false,
  ...more,
})

test('nobody is asked when nobody is missing, also of a file that may be cut', () => {
  expect(isSuspicious(change(0, { appeared: ['New'] }), true)).toBe(false)
})

test('a tenth of the known ones, and at least two, is more than leave at once', () => {
  expect(isSuspicious(change(9), false)).toBe(false)
  expect(isSuspicious(change(10), false)).toBe(true)
  expect(isSuspicious(change(1, { known: 3 }), false)).toBe(false)
  expect(isSuspicious(change(2, { known: 3 }), false)).toBe(true)
})

test('one that is missing from a file that may be cut is asked about', () => {
  expect(isSuspicious(change(1), true)).toBe(true)
})

test('a mapped one that is gone while a new one came may be called differently now', () => {
  const renamed = { isMappedOneMissing: true, appeared: ['Northwind AG'] }
  expect(isSuspicious(change(1, renamed), false)).toBe(true)
  expect(isSuspicious(change(1, { ...renamed, appeared: [] }), false)).toBe(false)
  expect(isSuspicious(change(1, { ...renamed, isMappedOneMissing: false }), false)).toBe(false)
})
