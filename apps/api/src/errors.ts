import { GraphQLError, type GraphQLFormattedError } from 'graphql'

/**
 * Codes of requests that are refused as a whole, in `errors[].extensions.code`. What a person can mend inside
 * a mutation is a Problem instead. Each code has a heading in docs/errors.md.
 */
export type RequestErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'CROSS_SITE_REQUEST'
  | 'QUERY_TOO_DEEP'
  | 'QUERY_TOO_LARGE'
  | 'QUERY_TOO_COMPLEX'
  | 'TOO_MANY_ALIASES'
  | 'PAGE_SIZE_INVALID'
  | 'CURSOR_INVALID'
  | 'SEARCH_TEXT_TOO_LONG'
  | 'NOT_FOUND'
  | 'SEAL_INVALID'
  | 'INPUT_AMBIGUOUS'
  | 'UPLOAD_INVALID'

const HTTP_STATUS: Partial<Record<RequestErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  CROSS_SITE_REQUEST: 403,
  QUERY_TOO_LARGE: 413,
}

/** What a stranger is told to do. */
export const SIGN_IN_FIRST = 'Sign in, or send a token in the header `Authorization: Bearer …`.'

/** A request that cannot be carried out as it stands. Its message reaches the client. */
export class RequestError extends GraphQLError {
  constructor(
    code: RequestErrorCode,
    message: string,
    facts: Readonly<Record<string, string | number>> = {},
  ) {
    const status = HTTP_STATUS[code]
    super(message, {
      extensions: {
        code,
        [CODE_KEPT]: code,
        ...facts,
        ...(status === undefined ? {} : { http: { status } }),
      },
    })
  }
}

/** Nothing of that id is there; `what` as people call it. */
export function notFound(what: string, id: string): RequestError {
  return new RequestError('NOT_FOUND', `There is no ${what} of that id.`, { id })
}

/** Apollo gives every error of a validation rule its own code, and leaves the other extensions alone. */
const CODE_KEPT = 'trueupCode'

/** The error as the client gets it, with the code that {@link RequestError} gave it. */
export function restoreCode(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { [CODE_KEPT]: code, ...extensions } = formatted.extensions ?? {}
  return code === undefined ? formatted : { ...formatted, extensions: { ...extensions, code } }
}

/** Codes that graphql and Apollo give to what the client did wrong; their messages are safe to show. */
type ClientFaultCode =
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'BAD_USER_INPUT'
  | 'BAD_REQUEST'
  | 'OPERATION_RESOLUTION_FAILURE'
  | 'PERSISTED_QUERY_NOT_FOUND'

const CLIENT_FAULTS: ReadonlySet<unknown> = new Set<ClientFaultCode>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
])

/** True when the error says what the client did; false for faults of ours, which are never shown. */
export function isClientFault(error: GraphQLError): boolean {
  if (error instanceof RequestError || error.originalError instanceof RequestError) return true
  // Whatever a resolver threw is ours, whatever code it claims to have.
  if (error.originalError !== undefined && !(error.originalError instanceof GraphQLError))
    return false
  return CLIENT_FAULTS.has(error.extensions['code'])
}

/** What the client is told of a fault of ours: the id under which it was logged and nothing else. */
export function maskError(
  formatted: GraphQLFormattedError,
  requestId: string | null,
): GraphQLFormattedError {
  const path = formatted.path === undefined ? {} : { path: formatted.path }
  return {
    ...path,
    message:
      requestId === null
        ? 'Something went wrong inside Trueup. Its log says what.'
        : `Something went wrong inside Trueup. Its log says what, under request ${requestId}.`,
    extensions: {
      code: 'INTERNAL_ERROR',
      ...(requestId === null ? {} : { requestId }),
    },
  }
}
