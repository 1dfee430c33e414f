import { expect, test } from 'vitest'
import { describeAction, describeSubject, listChanges } from './activity-words.ts'

test('an action and its subject are told in words', () => {
  expect(describeAction('ACCOUNT_MAPPING_CHANGED')).toBe('Account mapping changed')
  expect(describeSubject('2026-11-22')).toBe('22 Nov 2026')
  expect(describeSubject('Alder Creek Dental')).toBe('Alder Creek Dental')
})

test('only fields that differ are listed, nested ones by their path', () => {
  const before = '{"name":"Nordlicht","brakes":{"lineUnits":null,"holdDoubled":false}}'
  const after = '{"name":"Nordlicht","brakes":{"lineUnits":50,"holdDoubled":true}}'
  expect(listChanges(before, after)).toEqual([
    { field: 'Brakes hold doubled', before: 'off', after: 'on' },
    { field: 'Brakes line units', before: null, after: '50' },
  ])
})

test('what began has no before, what ended no after', () => {
  expect(listChanges(null, '{"trigger":"CATCH_UP","runDay":"2026-11-22"}')).toEqual([
    { field: 'Trigger', before: null, after: 'catch up' },
    { field: 'Run day', before: null, after: '22 Nov 2026' },
  ])
  expect(listChanges(null, '{"lapsedInARow":2}')[0]?.field).toBe('Lapsed in a row')
  expect(listChanges('{"contract":"Managed"}', null)).toEqual([
    { field: 'Contract', before: 'Managed', after: null },
  ])
})

test('a text that is no JSON is shown whole', () => {
  expect(listChanges(null, 'by hand')).toEqual([{ field: 'Value', before: null, after: 'by hand' }])
})
