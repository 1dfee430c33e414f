import { describe, expect, test } from 'vitest'
import { NO_FACTS } from '../first-write/connection-facts.ts'
import { areRefusals } from './refusals.ts'

describe('a text of Autotask', () => {
  test.each([
    'ContractServiceAdjustment effectiveDate must be between the start date and end date of the Contract referenced by contractID.',
    'Value does not exist for the required field effectiveDate',
    'serviceID is a required field when contractServiceID is not given.',
    'Reference value on field: serviceID of type: Service does not exist or is invalid.',
    'Picklist value [99] does not exist for contractType',
    'The logged in Resource does not have the adequate permissions to create this entity type.',
    'Unexpected character encountered while parsing value: t',
    'Unable to make changes as it would result in the deletion/modification of an already approved and posted contract period',
  ])('that comes from a check before anything is stored is a refusal: %s', (text) => {
    expect(areRefusals([text], NO_FACTS)).toBe(true)
  })

  test.each([
    'Attempt to insert duplicate data into contract_service_period',
    'An unexpected error has occurred.',
    'Object reference not set to an instance of an object.',
    'Value does not exist for the required field effectiveDate, but the adjustment was made',
    '',
  ])('that may come out of the middle of a write proves nothing: %s', (text) => {
    expect(areRefusals([text], NO_FACTS)).toBe(false)
  })

  test('about a duplicate is a refusal where the first write showed that every second change of a day is refused', () => {
    const duplicate = ['Attempt to insert duplicate data into contract_service_period']
    expect(areRefusals(duplicate, { ...NO_FACTS, secondChangeOfOneDay: 'REFUSED' })).toBe(true)
    expect(areRefusals(duplicate, { ...NO_FACTS, secondChangeOfOneDay: 'ADDED' })).toBe(false)
  })

  test('proves nothing beside one that proves nothing, and no text proves nothing', () => {
    const refusal = 'Value does not exist for the required field effectiveDate'
    expect(areRefusals([refusal, 'Timeout expired.'], NO_FACTS)).toBe(false)
    expect(areRefusals([], NO_FACTS)).toBe(false)
  })
})
