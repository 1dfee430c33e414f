import { ApolloError } from '@apollo/client/core'

/** Why an answer did not come, as far as it can be told to the person: a stable code and a sentence. */
export interface Failure {
  readonly code: string
  readonly message: string
  /** Stands in the server's log beside the cause. */
  readonly requestId?: string
}

/** Turns whatever a request ended with into words. Never empty: what is not understood is shown as it is. */
export function toFailure(error: unknown): Failure {
  if (!(error instanceof ApolloError)) {
    return { code: 'UNEXPECTED', message: error instanceof Error ? error.message : String(error) }
  }
  const answered = error.graphQLErrors[0] ?? errorInBody(error.networkError)
  if (answered !== undefined) return fromAnswer(answered)
  return {
    code: 'UNREACHABLE',
    message: `Trueup did not answer${reason(error.networkError)}. Check that it is running, then try again.`,
  }
}

/** True when the server no longer knows who is asking. */
export function isSignedOut(error: unknown): boolean {
  return toFailure(error).code === 'UNAUTHENTICATED'
}

interface Answer {
  readonly message: string
  readonly extensions?: Readonly<Record<string, unknown>> | undefined
}

function fromAnswer({ message, extensions }: Answer): Failure {
  const requestId = extensions?.['requestId']
  return {
    code: typeof extensions?.['code'] === 'string' ? extensions['code'] : 'UNEXPECTED',
    message,
    ...(typeof requestId === 'string' ? { requestId } : {}),
  }
}

/** An HTTP error can still carry GraphQL errors in its body. */
function errorInBody(error: ApolloError['networkError']): Answer | undefined {
  if (error === null || !('result' in error) || typeof error.result !== 'object') return undefined
  const errors: unknown = error.result['errors']
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined
  return isAnswer(first) ? first : undefined
}

function isAnswer(value: unknown): value is Answer {
  return (
    typeof value === 'object' &&
    value !== null &&
    'message' in value &&
    typeof value.message === 'string'
  )
}

function reason(error: ApolloError['networkError']): string {
  if (error === null) return ''
  return 'statusCode' in error ? ` (HTTP ${error.statusCode})` : ''
}
