import { describe, expect, test } from 'vitest'
import { explainUnavailable, findTellingPart, toAccountChoice } from './choices.ts'
import {
  findStagedHolders,
  type MappingDraft,
  type MappingValues,
  summarizeMappings,
  toMappingInput,
  withAccount,
} from './mapping-draft.ts'

const contract = {
  id: 'contract-1',
  name: 'Managed Security',
  startDay: '2026-01-01',
  endDay: '2026-12-31',
  unavailableBecause: null,
  webUrl: null,
  renewedAs: null,
}
const nothing: MappingValues = {
  account: null,
  billingEnabled: false,
  contract: null,
  effectiveDatePolicy: null,
}
const mapped: MappingValues = {
  account: { id: 'account-1', name: 'Alder' },
  billingEnabled: true,
  contract,
  effectiveDatePolicy: null,
}

function draft(id: string, saved: MappingValues, next: MappingValues): MappingDraft {
  const mapping = {
    id: `mapping-${id}`,
    version: 4,
    effectiveDatePolicy: 'TODAY' as const,
    billingEnabled: saved.billingEnabled,
    account: null,
    contract: null,
  }
  return {
    tenant: {
      __typename: 'Workspace',
      id,
      name: `Tenant ${id}`,
      isPresent: true,
      usage: [],
      mapping,
    },
    version: 4,
    saved,
    next,
  }
}

describe('a staged mapping', () => {
  test('another account takes its contract with it and keeps the switch', () => {
    expect(withAccount(mapped, { id: 'account-2', name: 'Baker' })).toEqual({
      account: { id: 'account-2', name: 'Baker' },
      billingEnabled: true,
      contract: null,
      effectiveDatePolicy: null,
    })
    expect(withAccount(mapped, { id: 'account-1', name: 'Alder' })).toBe(mapped)
  })

  test('without an account there is nothing to bill', () => {
    expect(withAccount(mapped, null)).toEqual(nothing)
  })

  test('the summary names every kind of change once', () => {
    const moved = { ...mapped, account: { id: 'account-9', name: 'Other' } }
    const drafts = [
      draft('1', nothing, mapped),
      draft('2', nothing, mapped),
      draft('3', mapped, nothing),
      draft('4', mapped, moved),
    ]
    expect(summarizeMappings(drafts)).toEqual([
      '2 mappings',
      'another account for 1',
      '1 unmapped',
      'billing on for 2',
      'billing off for 1',
      'contract for 2',
    ])
  })

  test('saving sends the version it was made on, and the date policy of the customer', () => {
    const next = { ...mapped, effectiveDatePolicy: 'TODAY' as const }
    expect(summarizeMappings([draft('1', mapped, next)])).toEqual(['start of changes for 1'])
    expect(toMappingInput(draft('1', nothing, next))).toEqual({
      tenantId: '1',
      version: 4,
      accountId: 'account-1',
      billingEnabled: true,
      contractId: 'contract-1',
      effectiveDatePolicy: 'TODAY',
    })
  })
})

describe('an account to choose', () => {
  const account = { id: 'account-1', name: 'Alder', externalId: '77', takenBy: null }
  const none = findStagedHolders([])

  test('taken in the database says by whom, but not for the one that has it', () => {
    const taken = { ...account, takenBy: { id: '1', name: 'Tenant 1' } }
    expect(toAccountChoice(taken, '2', none).unavailable).toBe('Taken by Tenant 1')
    expect(toAccountChoice(taken, '1', none).unavailable).toBeUndefined()
  })

  test('taken by an edit that is not saved yet says so', () => {
    const staged = findStagedHolders([draft('1', nothing, mapped)])
    expect(toAccountChoice(account, '2', staged).unavailable).toBe(
      'Taken by Tenant 1 (not saved yet)',
    )
  })

  test('given up by an edit that is not saved yet is free', () => {
    const staged = findStagedHolders([draft('1', mapped, nothing)])
    const taken = { ...account, takenBy: { id: '1', name: 'Tenant 1' } }
    expect(toAccountChoice(taken, '2', staged).unavailable).toBeUndefined()
  })

  test('is looked for by a part of the name that is written alike everywhere', () => {
    expect(findTellingPart('The Ashford & Lowe Solicitors')).toBe('Ashford')
    expect(findTellingPart('Amstütz Käserei')).toBe('Amst')
    expect(findTellingPart('Åkerlund Bygg')).toBe('kerlund')
    expect(findTellingPart('A1 Ltd')).toBe('A1 Ltd')
  })
})

test('a contract says why it cannot be billed on', () => {
  expect(explainUnavailable(contract)).toBeNull()
  expect(explainUnavailable({ ...contract, unavailableBecause: 'ENDED' })).toBe(
    'Ended on 31 Dec 2026',
  )
  expect(explainUnavailable({ ...contract, unavailableBecause: 'NOT_STARTED' })).toBe(
    'Starts on 1 Jan 2026',
  )
  expect(explainUnavailable({ ...contract, unavailableBecause: 'NOT_RECURRING_SERVICE' })).toBe(
    'Not a recurring service contract',
  )
})
