import { VendorError } from '@trueup/core'

/** Everything that can go wrong between us and Autotask; each code has a heading in docs/errors.md. */
export type AutotaskCode =
  | 'AUTOTASK_UNREACHABLE'
  | 'AUTOTASK_CONNECTION_LOST'
  | 'AUTOTASK_TIMED_OUT'
  | 'AUTOTASK_CANCELLED'
  | 'AUTOTASK_ANSWER_TOO_LARGE'
  | 'AUTOTASK_REDIRECTED'
  | 'AUTOTASK_ZONE_UNKNOWN'
  | 'AUTOTASK_ZONE_UNTRUSTED'
  | 'AUTOTASK_CREDENTIALS_REFUSED'
  | 'AUTOTASK_PERMISSION_MISSING'
  | 'AUTOTASK_RATE_LIMITED'
  | 'AUTOTASK_REFUSED'
  | 'AUTOTASK_SERVER_FAULT'
  | 'AUTOTASK_ROUTE_MISSING'
  | 'AUTOTASK_ANSWER_INVALID'
  | 'AUTOTASK_PAGES_INCONSISTENT'

/** The facts of a failure, without the vendor's name. */
export interface FailureFacts {
  readonly operation: string
  readonly code: AutotaskCode
  readonly message: string
  readonly retryable: boolean
  readonly status?: number
  readonly facts?: Readonly<Record<string, string | number | null>>
  readonly cause?: unknown
}

/** A {@link VendorError} of Autotask. Never carries a header, so never a credential. */
export function autotaskError(facts: FailureFacts): VendorError {
  return new VendorError({ vendor: 'autotask', ...facts })
}

/**
 * How a request ended that has no complete answer.
 * `UNREACHABLE`: no connection, so nothing was sent. All others may have reached the server.
 */
export type TransportFailure =
  | 'UNREACHABLE'
  | 'CONNECTION_LOST'
  | 'TIMED_OUT'
  | 'CANCELLED'
  | 'ANSWER_TOO_LARGE'

/** No complete answer; whoever asked decides what that means for its operation. */
export class TransportError extends Error {
  override readonly name = 'TransportError'
  readonly kind: TransportFailure

  constructor(kind: TransportFailure, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.kind = kind
  }
}

/** The failure as a {@link VendorError} of this operation. Repeating is safe for reads only. */
export function fromTransportError(error: TransportError, operation: string): VendorError {
  const isTransient = error.kind !== 'CANCELLED' && error.kind !== 'ANSWER_TOO_LARGE'
  return autotaskError({
    operation,
    code: `AUTOTASK_${error.kind}`,
    message: `${operation}: ${error.message}`,
    retryable: isTransient,
    cause: error.cause,
  })
}

/** The failure of something that its caller called off. */
export function cancelled(operation: string): VendorError {
  return fromTransportError(new TransportError('CANCELLED', 'called off by its caller'), operation)
}
