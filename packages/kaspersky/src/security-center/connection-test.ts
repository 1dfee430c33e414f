import { VendorError } from '@trueup/core'
import type { Session } from './protocol/session.ts'
import { isSignInRefusal } from './protocol/session.ts'
import { readCertificate } from './protocol/trust.ts'
import { readKeys } from './reading/keys.ts'
import type { PlanOptions } from './reading/plan.ts'
import { billableApplications } from './reading/plan.ts'
import { readServerFacts } from './reading/server-facts.ts'
import { readVirtualServers } from './reading/virtual-servers.ts'

/** What a connection test looks at, in this order. */
export type ConnectionCheckCode =
  | 'KSC_CHECK_CERTIFICATE'
  | 'KSC_CHECK_SIGN_IN'
  | 'KSC_CHECK_VERSION'
  | 'KSC_CHECK_VIRTUAL_SERVERS'
  | 'KSC_CHECK_KEYS'

/** One thing a connection test looked at. */
export interface ConnectionCheck {
  readonly code: ConnectionCheckCode
  readonly ok: boolean
  /** What was seen; for a check that failed, `failure` holds the code of what went wrong. */
  readonly facts: Readonly<Record<string, string | number | null>>
}

/** What the test needs. */
export interface ConnectionTestParts {
  readonly url: string
  readonly timeoutMs: number
  readonly options: PlanOptions
  readonly inMainSession: <T>(work: (session: Session) => Promise<T>) => Promise<T>
}

/** The checks up to the first that failed. */
export async function runConnectionTest(
  parts: ConnectionTestParts,
): Promise<readonly ConnectionCheck[]> {
  const checks: ConnectionCheck[] = []
  let current: ConnectionCheckCode = 'KSC_CHECK_CERTIFICATE'
  const passed = (code: ConnectionCheckCode, facts: ConnectionCheck['facts'], ok = true): void => {
    checks.push({ code, ok, facts })
  }
  let certificate: ConnectionCheck['facts'] = {}
  try {
    const { sha256, subject, validTo } = await readCertificate(parts.url, parts)
    certificate = { sha256, subject, validTo }
    current = 'KSC_CHECK_SIGN_IN'
    await parts.inMainSession(async (session) => {
      passed('KSC_CHECK_CERTIFICATE', certificate)
      passed(current, {})
      current = 'KSC_CHECK_VERSION'
      const { version } = await readServerFacts(session)
      passed(current, { version })
      current = 'KSC_CHECK_VIRTUAL_SERVERS'
      const virtualServers = (await readVirtualServers(session)).length
      passed(current, { virtualServers }, virtualServers > 0)
      current = 'KSC_CHECK_KEYS'
      const keys = await readKeys(session, parts.options.pageSize)
      const applications = new Set(billableApplications(keys, parts.options)).size
      passed(current, { keys: keys.length, applications }, applications > 0)
    })
  } catch (error) {
    if (!(error instanceof VendorError)) throw error
    // Credentials are only refused by a server whose certificate was trusted.
    if (isSignInRefusal(error)) passed('KSC_CHECK_CERTIFICATE', certificate)
    passed(codeOf(error, current), describe(error), false)
  }
  return checks
}

/** The certificate is judged while signing in; a fault of it is told as what it is. */
function codeOf(error: VendorError, current: ConnectionCheckCode): ConnectionCheckCode {
  return error.code.startsWith('KSC_CERTIFICATE_') ? 'KSC_CHECK_CERTIFICATE' : current
}

function describe(error: VendorError): ConnectionCheck['facts'] {
  return { failure: error.code, message: error.message, ...error.facts }
}
