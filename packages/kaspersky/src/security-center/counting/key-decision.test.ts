import { expect, test } from 'vitest'
import type { KeyFacts, KeyOptions } from './key-decision.ts'
import { decideKey } from './key-decision.ts'

const NOW = Date.UTC(2026, 5, 15, 12)
const NEXT_YEAR = Date.UTC(2027, 5, 15)
const YESTERDAY = Date.UTC(2026, 5, 14)
const NOTHING_EXTRA: KeyOptions = { countOem: false, countSoftCancelled: false }

const commercial: KeyFacts = {
  type: 1,
  isSubscription: false,
  subscriptionState: null,
  subscriptionEndType: null,
  limitMs: NEXT_YEAR,
  isUsedByServer: false,
  applicationIds: [1095],
}
const subscription: KeyFacts = {
  ...commercial,
  type: 6,
  isSubscription: true,
  subscriptionState: 0,
  subscriptionEndType: 2,
}

const decide = (key: KeyFacts, options: KeyOptions = NOTHING_EXTRA): string => {
  const decision = decideKey(key, options, NOW)
  if (decision.kind === 'EXCLUDED') return decision.because
  return decision.kind === 'UNDECIDED' ? `no ${decision.missing}` : decision.kind
}

test.for<[name: string, key: KeyFacts, expected: string]>([
  ['a commercial key counts until its end', commercial, 'COUNTS'],
  ['an expired key does not count', { ...commercial, limitMs: YESTERDAY }, 'EXPIRED'],
  ['a key that ends this instant has ended', { ...commercial, limitMs: NOW }, 'EXPIRED'],
  ['a key without an end is undecided', { ...commercial, limitMs: null }, 'no KLLIC_LIMIT_DATE'],
  ['a beta key never counts', { ...commercial, type: 2 }, 'BETA'],
  ['a trial key never counts', { ...commercial, type: 3 }, 'TRIAL'],
  ['a test key never counts', { ...commercial, type: 4 }, 'TEST'],
  ['a trial subscription never counts', { ...subscription, type: 3 }, 'TRIAL'],
  ['an OEM key does not count', { ...commercial, type: 5 }, 'OEM'],
  ['a key of no known type is undecided', { ...commercial, type: null }, 'no KLLIC_KEY_TYPE'],
  ['a key of a new type is undecided', { ...commercial, type: 9 }, 'no KLLIC_KEY_TYPE'],
  ['a subscription counts whatever its type says', { ...subscription, type: null }, 'COUNTS'],
  ['a subscription counts', subscription, 'COUNTS'],
  ['a paused subscription does not', { ...subscription, subscriptionState: 1 }, 'PAUSED'],
  ['a soft-cancelled one does not', { ...subscription, subscriptionState: 2 }, 'SOFT_CANCELLED'],
  ['a hard-cancelled one does not', { ...subscription, subscriptionState: 3 }, 'HARD_CANCELLED'],
  [
    'a subscription without a state is undecided',
    { ...subscription, subscriptionState: null },
    'no KLLIC_SUBSCRINFO_STATE',
  ],
  ['an ended subscription does not count', { ...subscription, limitMs: YESTERDAY }, 'EXPIRED'],
  [
    'an unlimited subscription needs no end',
    { ...subscription, subscriptionEndType: 1, limitMs: null },
    'COUNTS',
  ],
  [
    'an unlimited subscription that is paused does not count',
    { ...subscription, subscriptionEndType: 1, subscriptionState: 1 },
    'PAUSED',
  ],
  [
    "the server's own key does not count",
    { ...commercial, isUsedByServer: true, applicationIds: [1017] },
    'KEY_OF_SERVER',
  ],
  [
    'a key that the server shares with devices counts',
    { ...commercial, isUsedByServer: true, applicationIds: [1017, 1095] },
    'COUNTS',
  ],
])('%s', ([, key, expected]) => {
  expect(decide(key)).toBe(expected)
})

test('OEM keys count when the provider chose so, and still expire', () => {
  const options = { ...NOTHING_EXTRA, countOem: true }
  expect(decide({ ...commercial, type: 5 }, options)).toBe('COUNTS')
  expect(decide({ ...commercial, type: 5, limitMs: YESTERDAY }, options)).toBe('EXPIRED')
})

test('soft-cancelled subscriptions count when the provider chose so, and still expire', () => {
  const options = { ...NOTHING_EXTRA, countSoftCancelled: true }
  const cancelled = { ...subscription, subscriptionState: 2 }
  expect(decide(cancelled, options)).toBe('COUNTS')
  expect(decide({ ...cancelled, limitMs: YESTERDAY }, options)).toBe('EXPIRED')
  expect(decide({ ...cancelled, subscriptionState: 3 }, options)).toBe('HARD_CANCELLED')
})
