import { toIntegration } from './answer-directory.ts'
import { objectOf } from './connection.ts'
import type { OfficeState } from './office.ts'
import { today } from './world.ts'

type Args = Record<string, unknown>

/** Sign-in, tokens, the integration's settings, the practice calendar. */
export function settingsAnswers(state: OfficeState): Record<string, (args: Args) => unknown> {
  return { ...sessionAnswers(state), ...tokenAnswers(state), ...integrationAnswers(state) }
}

function sessionAnswers(state: OfficeState): Record<string, (args: Args) => unknown> {
  return {
    signIn: ({ userName, password }) => {
      if (userName !== 'admin' || password !== state.password)
        return {
          viewer: null,
          problems: [problem('SIGN_IN_REFUSED', 'User name or password is wrong.')],
        }
      state.signedIn = true
      return {
        viewer: {
          kind: 'PERSON',
          name: 'admin',
          role: 'ADMINISTRATOR',
          isPractice: state.isPractice,
          practiceDay: state.practiceDay,
          mustChangePassword: false,
        },
        problems: [],
      }
    },
    signOut: () => {
      state.signedIn = false
      return true
    },
    changePassword: ({ currentPassword, newPassword }) => {
      if (currentPassword !== state.password)
        return {
          ok: false,
          problems: [problem('PASSWORD_WRONG', 'The current password is wrong.')],
        }
      state.password = String(newPassword)
      state.mustChangePassword = false
      return { ok: true, problems: [] }
    },
    advancePracticeDay: ({ days }) => {
      const day = new Date(`${state.practiceDay}T00:00:00Z`)
      day.setUTCDate(day.getUTCDate() + Number(days))
      state.practiceDay = day.toISOString().slice(0, 10)
      return { ok: true, problems: [] }
    },
  }
}

function tokenAnswers(state: OfficeState): Record<string, (args: Args) => unknown> {
  return {
    apiTokens: () => state.tokens,
    createApiToken: ({ input }) => {
      const { name, role, expiresAt = null } = objectOf(input)
      const token = {
        __typename: 'ApiToken',
        id: `token-${state.tokens.length + 1}`,
        name,
        role,
        createdAt: `${today}T10:00:00.000Z`,
        expiresAt,
        lastUsedAt: null,
        revokedAt: null,
      }
      state.tokens.push(token)
      return { token, secret: 'trueup_pretend_secret_shown_once', problems: [] }
    },
    revokeApiToken: ({ id }) => {
      const token = state.tokens.find((one) => one['id'] === id)
      if (token !== undefined) token['revokedAt'] = `${today}T10:05:00.000Z`
      return { ok: token !== undefined, problems: [] }
    },
  }
}

function integrationAnswers(state: OfficeState): Record<string, (args: Args) => unknown> {
  return {
    createIntegration: (args) => {
      state.calls.push({ name: 'createIntegration', args })
      const { autotask, securityCenter, ...input } = objectOf(args['input'])
      const id = `integration-${state.integrations.length + 1}`
      state.integrations.push({
        ...blank,
        ...input,
        id,
        version: 1,
        name: String(input['name']),
        autotask: hidden(autotask, 'secret', 'hasSecret'),
        securityCenter:
          securityCenter === null ? null : hidden(securityCenter, 'password', 'hasPassword'),
      })
      return { integration: toIntegration(state, id), problems: [] }
    },
    updateIntegration: (args) => {
      state.calls.push({ name: 'updateIntegration', args })
      const stored = state.integrations.find(({ id }) => id === args['id'])
      if (stored === undefined)
        return {
          integration: null,
          problems: [problem('INTEGRATION_NOT_FOUND', 'There is no such integration.')],
        }
      if (stored.version !== args['version'])
        return {
          integration: null,
          problems: [problem('STALE_VERSION', 'Somebody else changed the settings meanwhile.')],
        }
      const { autotask, securityCenter, ...input } = objectOf(args['input'])
      Object.assign(stored, input, { version: stored.version + 1 })
      if (autotask !== undefined)
        stored['autotask'] = {
          ...objectOf(stored['autotask']),
          ...hidden(autotask, 'secret', 'hasSecret'),
        }
      if (securityCenter !== undefined)
        stored['securityCenter'] = {
          ...objectOf(stored['securityCenter']),
          ...hidden(securityCenter, 'password', 'hasPassword'),
        }
      return { integration: toIntegration(state, stored.id), problems: [] }
    },
    testIntegration: (args) => {
      state.calls.push({ name: 'testIntegration', args })
      return { checks: checksFor(state, args), problems: [] }
    },
  }
}

const blank = {
  __typename: 'Integration',
  source: 'SECURITY_CENTER',
  scheduleEnabled: true,
  nextRunAt: null,
  approvalMode: 'AUTOMATIC' as const,
  billDevicesByCategory: false,
  countUnknownAsWorkstation: false,
  countOem: false,
  countSoftCancelled: false,
  effectiveDatePolicy: 'PERIOD_START',
  maximumReadingAgeDays: 3,
  reportProfile: null,
  directoryReadAt: null,
  brakes: {
    lineUnits: null,
    linePercent: null,
    lineMoney: null,
    runUnits: null,
    runPercent: null,
    runMoney: null,
    holdDropToZero: true,
    holdDoubled: true,
  },
}

function checksFor(state: OfficeState, args: Args): object[] {
  const stored = state.integrations.find(({ id }) => id === args['id'])
  const typed = objectOf(objectOf(args['input'])['securityCenter'])
  const trusted =
    typed['certificateSha256'] ?? objectOf(stored?.['securityCenter'])['certificateSha256']
  const isTrusted = trusted === state.certificateSha256
  const facts = [{ name: 'certificateSha256', value: state.certificateSha256 }]
  return [
    {
      side: 'AUTOTASK',
      code: 'AUTOTASK_SIGN_IN',
      ok: true,
      isKnown: true,
      message: 'Signed in to Autotask, zone 5.',
      facts: [],
    },
    {
      side: 'AUTOTASK',
      code: 'AUTOTASK_CONTRACTS',
      ok: true,
      isKnown: true,
      message: 'Contracts, services and units can be read.',
      facts: [],
    },
    isTrusted
      ? {
          side: 'KASPERSKY',
          code: 'KASPERSKY_CERTIFICATE',
          ok: true,
          isKnown: true,
          message: 'The certificate is the trusted one.',
          facts,
        }
      : {
          side: 'KASPERSKY',
          code: 'CERTIFICATE_NOT_TRUSTED',
          ok: false,
          isKnown: true,
          message: 'Security Center shows a certificate that is not trusted yet.',
          facts,
        },
    ...(isTrusted
      ? [
          {
            side: 'KASPERSKY',
            code: 'KASPERSKY_SIGN_IN',
            ok: true,
            isKnown: true,
            message: 'Signed in to Kaspersky Security Center; 60 virtual servers are visible.',
            facts: [],
          },
        ]
      : []),
    unknownBeforeFirstWrite,
  ]
}

const unknownBeforeFirstWrite = {
  side: 'AUTOTASK',
  code: 'AUTOTASK_UNKNOWN_BEFORE_FIRST_WRITE',
  ok: true,
  isKnown: false,
  message: 'Not known before the first adjustment: May a line go to zero units?',
  facts: [],
}

function hidden(connection: unknown, secret: string, flag: string): Record<string, unknown> {
  const { [secret]: value, integrationCode: _code, url, ...shown } = objectOf(connection)
  // Without an address Autotask is asked for its zone.
  return {
    ...shown,
    ...(url === undefined ? {} : { url: url ?? 'https://webservices5.autotask.net' }),
    ...(value === undefined ? {} : { [flag]: true }),
  }
}

function problem(code: string, message: string): object {
  return {
    code,
    severity: 'BLOCKING',
    subject: { kind: 'FIELD', id: code, name: '' },
    facts: [],
    message,
  }
}
