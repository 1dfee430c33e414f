import { VendorError } from '@trueup/core'
import { z } from 'zod'

/** Every code that reading a Kaspersky Security Center can fail with; each has a heading in docs/errors.md. */
export type SecurityCenterCode =
  | 'KSC_URL_INVALID'
  | 'KSC_UNREACHABLE'
  | 'KSC_TIMEOUT'
  | 'KSC_CONNECTION_LOST'
  | 'KSC_CANCELLED'
  | 'KSC_CERTIFICATE_UNTRUSTED'
  | 'KSC_CERTIFICATE_CHANGED'
  | 'KSC_SIGN_IN_REFUSED'
  | 'KSC_ACCOUNT_BLOCKED'
  | 'KSC_SESSION_ENDED'
  | 'KSC_ACCESS_DENIED'
  | 'KSC_NOT_FOUND'
  | 'KSC_METHOD_MISSING'
  | 'KSC_UNAVAILABLE'
  | 'KSC_REFUSED'
  | 'KSC_UNEXPECTED_STATUS'
  | 'KSC_ANSWER_NOT_UNDERSTOOD'
  | 'KSC_ANSWER_TOO_LARGE'
  | 'KSC_TOTALS_DIFFER'
  | 'KSC_WRONG_VIRTUAL_SERVER'

/** What failed, before it is an error. */
export interface FailureFacts {
  readonly operation: string
  readonly code: SecurityCenterCode
  readonly message: string
  /** The same call may be repeated and may then succeed. */
  readonly retryable?: boolean
  readonly status?: number
  readonly facts?: Readonly<Record<string, string | number | null>>
  readonly cause?: unknown
}

/** A {@link VendorError} of Kaspersky Security Center. */
export function failure(facts: FailureFacts): VendorError {
  return new VendorError({
    ...facts,
    vendor: 'kaspersky-security-center',
    retryable: facts.retryable ?? false,
    facts: { operation: facts.operation, ...facts.facts },
  })
}

/** Whether `error` is a failure of the given kind. */
export function hasCode(error: unknown, ...codes: readonly SecurityCenterCode[]): boolean {
  return error instanceof VendorError && codes.some((code) => code === error.code)
}

/** The members of `PxgError` that are used; `file` and `line` are the vendor's own. */
export const pxgErrorSchema = z.object({
  code: z.int(),
  subcode: z.int().nullish(),
  module: z.string().nullish(),
  message: z.string().nullish(),
  locdata: z
    .object({
      format: z.string().nullish(),
      args: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]).nullish(),
    })
    .nullish()
    .catch(null),
})

/** An error that the server reports inside an answer with HTTP status 200. */
export type PxgError = z.infer<typeof pxgErrorSchema>

/** Known errors by family and code (KSC Open API reference, "Error codes"); the same number means different things in different families. */
const KNOWN: Readonly<Record<string, SecurityCenterCode>> = {
  'KLSTD/1184': 'KSC_ACCESS_DENIED',
  'KLSTD/1193': 'KSC_ACCESS_DENIED',
  'KLSTD/1186': 'KSC_NOT_FOUND',
  'KLCONN/1194': 'KSC_METHOD_MISSING',
  'KLSTD/1195': 'KSC_UNAVAILABLE',
  'KLWAT/1453': 'KSC_SIGN_IN_REFUSED',
  'KLWAT/1454': 'KSC_SIGN_IN_REFUSED',
  'SPL/2013': 'KSC_ACCOUNT_BLOCKED',
}

/** Turns the server's own error into ours. Families and codes nobody described become `KSC_REFUSED`, which is never repeated. */
export function fromPxgError(operation: string, error: PxgError): VendorError {
  const code = KNOWN[`${error.module ?? ''}/${error.code}`] ?? 'KSC_REFUSED'
  return failure({
    operation,
    code,
    message: describe(error),
    retryable: code === 'KSC_UNAVAILABLE',
    status: 200,
    facts: {
      module: error.module ?? null,
      vendorCode: error.code,
      vendorSubcode: error.subcode ?? null,
    },
  })
}

/** The vendor's sentence: the localised form with its arguments filled in, else the English message. */
function describe(error: PxgError): string {
  const format = error.locdata?.format
  if (!format) return error.message ?? `error ${error.code}`
  const given = error.locdata?.args ?? []
  const args = Array.isArray(given) ? given : Object.values(given)
  return format.replaceAll(/%(\d)/g, (placeholder, position: string) => {
    const value = args[Number(position) - 1]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : placeholder
  })
}
