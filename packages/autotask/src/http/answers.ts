import { z } from 'zod'
import type { VendorError } from '@trueup/core'
import { autotaskError, type AutotaskCode } from './errors.ts'
import type { HttpAnswer } from './transport.ts'

const errorsSchema = z.object({ errors: z.array(z.string()) })
const messageSchema = z.object({ Message: z.string() })

/** A body as a value; `undefined` is never JSON, so it stands for a body that is none. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** Autotask's own texts about a failure: `{"errors":[…]}`, also in a 200 body; empty when it gives none. */
export function readErrors(value: unknown): readonly string[] {
  const parsed = errorsSchema.safeParse(value)
  return parsed.success ? parsed.data.errors : []
}

/** The web framework's text (`{"Message":…}`) for routes and verbs that do not exist. */
export function readFrameworkMessage(value: unknown): string | null {
  const parsed = messageSchema.safeParse(value)
  return parsed.success ? parsed.data.Message : null
}

/**
 * Refused for its rate before anything was done: HTTP 429, or the thread limit's text or code, which was also
 * seen with another status (facts: section 5.2).
 */
export function isRateLimited(answer: HttpAnswer): boolean {
  if (answer.status === 429) return true
  if (answer.status === 200) return false
  return readErrors(parseJson(answer.body)).some((text) =>
    /thread threshold|itgenatr005/i.test(text),
  )
}

const PERMISSION_TEXT =
  /does not have the adequate permissions|may not have the required permissions/i

/** Why an answer to a read is not usable. Status first, body second: a 401 has no body, a 404 may be a page. */
export function toFailure(operation: string, answer: HttpAnswer): VendorError {
  const value = parseJson(answer.body)
  const texts = readErrors(value)
  const said = texts.join(' ') || readFrameworkMessage(value) || ''
  const code = toCode(answer.status, texts, value)
  return autotaskError({
    operation,
    code,
    message: `${operation}: HTTP ${answer.status}${said === '' ? '' : `: ${said.slice(0, 500)}`}`,
    retryable: code === 'AUTOTASK_SERVER_FAULT' || code === 'AUTOTASK_RATE_LIMITED',
    status: answer.status,
    facts: said === '' ? {} : { text: said.slice(0, 500) },
  })
}

function toCode(status: number, texts: readonly string[], value: unknown): AutotaskCode {
  if (status === 401) return 'AUTOTASK_CREDENTIALS_REFUSED'
  if (status === 429) return 'AUTOTASK_RATE_LIMITED'
  if (status === 403 || texts.some((text) => PERMISSION_TEXT.test(text))) {
    return 'AUTOTASK_PERMISSION_MISSING'
  }
  if (status >= 300 && status < 400) return 'AUTOTASK_REDIRECTED'
  if (texts.length > 0) return 'AUTOTASK_REFUSED'
  // An error page instead of JSON comes from whatever stands before Autotask, whatever its status.
  if (value !== undefined && (status === 404 || status === 405)) return 'AUTOTASK_ROUTE_MISSING'
  return 'AUTOTASK_SERVER_FAULT'
}
