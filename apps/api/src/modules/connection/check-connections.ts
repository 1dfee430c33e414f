import { parseFingerprint } from '@trueup/kaspersky'
import { fieldSubject, toProblem, type Problem } from '../../problems.ts'

/** What a person may have typed to reach Autotask; `undefined` is not looked at. */
export interface TypedAutotask {
  readonly url?: string | null | undefined
  readonly userName?: string | undefined
  readonly secret?: string | undefined
  readonly integrationCode?: string | undefined
}

/** What a person may have typed to reach Kaspersky Security Center; `undefined` is not looked at. */
export interface TypedSecurityCenter {
  readonly url?: string | undefined
  readonly user?: string | undefined
  readonly password?: string | undefined
  readonly certificateSha256?: string | null | undefined
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** What is wrong with an Autotask connection, all of it at once. */
export function checkAutotask(typed: TypedAutotask): Problem[] {
  const at = (field: string): string => `input.autotask.${field}`
  const problems = [
    ...checkFilled(at('userName'), 'Autotask user name', typed.userName),
    ...checkFilled(at('secret'), 'Autotask secret', typed.secret),
    ...checkFilled(at('integrationCode'), 'Autotask integration code', typed.integrationCode),
  ]
  // Credentials go over TLS; only the practice world on this machine is reached without.
  const isUsable = (url: URL): boolean => url.protocol === 'https:' || LOOPBACK.has(url.hostname)
  return [...problems, ...checkUrl(at('url'), typed.url ?? undefined, isUsable)]
}

/** What is wrong with a connection to Kaspersky Security Center, all of it at once. */
export function checkSecurityCenter(typed: TypedSecurityCenter): Problem[] {
  const at = (field: string): string => `input.securityCenter.${field}`
  const problems = [
    ...checkFilled(at('user'), 'Kaspersky user', typed.user),
    ...checkFilled(at('password'), 'Kaspersky password', typed.password),
    ...checkUrl(at('url'), typed.url, (url) => url.protocol === 'https:'),
  ]
  const { certificateSha256 = null } = typed
  if (certificateSha256 !== null && parseFingerprint(certificateSha256) === null)
    problems.push(
      toProblem(
        'FINGERPRINT_INVALID',
        fieldSubject(at('certificateSha256'), 'Certificate fingerprint'),
      ),
    )
  return problems
}

function checkFilled(path: string, name: string, text: string | undefined): Problem[] {
  if (text === undefined || text.trim() !== '') return []
  return [toProblem('VALUE_MISSING', fieldSubject(path, name))]
}

function checkUrl(
  path: string,
  text: string | undefined,
  isUsable: (url: URL) => boolean,
): Problem[] {
  if (text === undefined) return []
  const url = URL.canParse(text) ? new URL(text) : null
  if (url !== null && url.username === '' && isUsable(url)) return []
  return [toProblem('URL_INVALID', fieldSubject(path, 'Address'))]
}
