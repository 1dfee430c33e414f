import { expect, test } from 'vitest'
import { fromPxgError } from './failure.ts'

const OPERATION = 'HostGroup.FindHosts'

test.for([
  ['KLSTD', 1184, 'KSC_ACCESS_DENIED', false],
  ['KLSTD', 1193, 'KSC_ACCESS_DENIED', false],
  ['KLSTD', 1186, 'KSC_NOT_FOUND', false],
  ['KLCONN', 1194, 'KSC_METHOD_MISSING', false],
  ['KLSTD', 1195, 'KSC_UNAVAILABLE', true],
  ['KLWAT', 1453, 'KSC_SIGN_IN_REFUSED', false],
  ['KLWAT', 1454, 'KSC_SIGN_IN_REFUSED', false],
  ['SPL', 2013, 'KSC_ACCOUNT_BLOCKED', false],
  ['KLSTD', 1192, 'KSC_REFUSED', false],
  ['KLOLA', 2351, 'KSC_REFUSED', false],
  ['KLPRSS', 1195, 'KSC_REFUSED', false],
  ['', 1186, 'KSC_REFUSED', false],
] as const)('error %s %s is %s', ([module, code, expected, retryable]) => {
  const error = fromPxgError(OPERATION, { code, module, message: 'Something' })
  expect(error).toMatchObject({ code: expected, retryable, operation: OPERATION })
  expect(error.facts).toMatchObject({ module, vendorCode: code, operation: OPERATION })
})

test("the server's own sentence is filled in and shown, not where in its sources it was", () => {
  const error = fromPxgError(OPERATION, {
    code: 1184,
    module: 'KLSTD',
    message: 'generic',
    locdata: { format: 'User "%1" may not read "%2" (%3)', args: ['reader', 7] },
  })
  expect(error.message).toBe('User "reader" may not read "7" (%3)')
})

test('without a localised sentence the English one is shown, and without that the number', () => {
  const plain = fromPxgError(OPERATION, { code: 7, message: 'Generic' })
  expect(plain.message).toBe('Generic')
  expect(fromPxgError(OPERATION, { code: 7 }).message).toBe('error 7')
})
