import { UniqueConstraintViolationException } from '@mikro-orm/core'
import type { BrakeLimits } from '@trueup/core'
import { parseFingerprint } from '@trueup/kaspersky'
import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import type { Em } from '../../database/orm.ts'
import { foldCase } from '../../database/search-text.ts'
import { inTransaction } from '../../database/transaction.ts'
import { fieldSubject, toProblem, type Problem } from '../../problems.ts'
import { recordActivities } from '../audit/record-activity.ts'
import { newestDueDay } from '../schedule/due-day.ts'
import { nameActor, type ViewerIdentity } from '../viewer/viewer.ts'
import { checkAutotask, checkSecurityCenter } from '../connection/check-connections.ts'
import { checkSettings } from './check-settings.ts'
import { SEALED_FIELDS } from '../connection/connections.ts'
import { nameTaken, type IntegrationOutcome } from './create-integration.ts'
import { describeChange, describeSettings } from './describe-settings.ts'
import { integrationNotFound, integrationSubject } from './integration-problems.ts'
import { IntegrationEntity, type IntegrationRow } from './integration.entity.ts'
import type { UpdateIntegrationInput } from './integration.input.ts'

type Changes = Partial<Omit<IntegrationRow, 'id' | 'version'>>

/** Changes settings and connections of an integration; what is left out stays. */
export async function updateIntegration(
  services: Services,
  viewer: ViewerIdentity,
  request: {
    readonly id: string
    readonly version: number
    readonly input: UpdateIntegrationInput
  },
): Promise<IntegrationOutcome> {
  const row = await services.orm.em.fork().findOne(IntegrationEntity, { id: request.id })
  if (row === null) return refuse([integrationNotFound(request.id)])
  const problems = checkUpdate(row, request.input)
  if (problems.length > 0) return refuse(problems)
  return changeIntegration(services, viewer, {
    id: request.id,
    version: request.version,
    action: 'INTEGRATION_CHANGED',
    changes: toChanges(services, row, request.input),
  })
}

/** Stores changes of one integration with their activity, if its version is still the one somebody saw. */
export async function changeIntegration(
  services: Services,
  viewer: ViewerIdentity,
  change: {
    readonly id: string
    readonly version: number
    readonly action: string
    readonly changes: Changes
    /** What is changed together with it. */
    readonly along?: ((em: Em, at: Date) => Promise<void>) | undefined
  },
): Promise<IntegrationOutcome> {
  const { id, version, changes } = change
  const at = toInstant(services.clock)
  try {
    return await inTransaction(services.orm, async (em) => {
      const before = await em.findOne(IntegrationEntity, { id })
      if (before === null) return refuse([integrationNotFound(id)])
      const settingsBefore = describeSettings(before)
      const changed = await em.nativeUpdate(
        IntegrationEntity,
        { id, version },
        { ...changes, version: version + 1 },
      )
      if (changed === 0) return refuse([staleVersion(before, version)])
      await change.along?.(em, at)
      const after = await em.refreshOrFail(before)
      await recordActivities(em, [
        {
          at,
          actor: nameActor(viewer),
          action: change.action,
          integrationId: id,
          subject: integrationSubject(after),
          ...describeChange(settingsBefore, {
            ...describeSettings(after),
            ...namesOfNewSecrets(changes),
          }),
        },
      ])
      return { integration: after, problems: [] }
    })
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error
    return refuse([nameTaken(changes.name ?? '')])
  }
}

function staleVersion(row: IntegrationRow, saved: number): Problem {
  return toProblem('STALE_VERSION', integrationSubject(row), { saved, current: row.version })
}

function checkUpdate(row: IntegrationRow, input: UpdateIntegrationInput): Problem[] {
  const { autotask, securityCenter } = input
  const problems = checkSettings({
    name: input.name ?? undefined,
    timeZone: input.timeZone ?? undefined,
    dailyRunHour: input.dailyRunHour ?? undefined,
    maximumReadingAgeDays: input.maximumReadingAgeDays ?? undefined,
    brakes: toBrakes(input),
  })
  if (autotask !== undefined && autotask !== null) {
    const { url, userName, secret, integrationCode } = withoutNull(autotask)
    problems.push(...checkAutotask({ url, userName, secret, integrationCode }))
    const isElsewhere =
      (autotask.url !== undefined && (autotask.url ?? null) !== row.autotaskUrl) ||
      (userName !== undefined && userName !== row.autotaskUserName)
    if (isElsewhere && secret === undefined)
      problems.push(secretRequired('input.autotask.secret', 'Autotask secret'))
  }
  if (securityCenter !== undefined && securityCenter !== null) {
    if (row.source === 'LICENCE_REPORT')
      return [
        ...problems,
        toProblem('SOURCE_HAS_NO_SERVER', fieldSubject('input.securityCenter', 'Source')),
      ]
    const { url, user, password, certificateSha256 } = withoutNull(securityCenter)
    problems.push(...checkSecurityCenter({ url, user, password, certificateSha256 }))
    const isElsewhere =
      (url !== undefined && url !== row.securityCenterUrl) ||
      (user !== undefined && user !== row.securityCenterUser)
    if (isElsewhere && password === undefined)
      problems.push(secretRequired('input.securityCenter.password', 'Kaspersky password'))
  }
  return problems
}

/** A stored secret must not be sent to wherever somebody who may edit the form points it at. */
function secretRequired(path: string, name: string): Problem {
  return toProblem('SECRET_REQUIRED', fieldSubject(path, name))
}

function toChanges(
  services: Services,
  row: IntegrationRow,
  input: UpdateIntegrationInput,
): Changes {
  const { autotask, securityCenter, brakes: _brakes, name, ...settings } = input
  const seal = (
    field: (typeof SEALED_FIELDS)[number],
    secret: string | null | undefined,
  ): Changes =>
    typeof secret === 'string'
      ? { [field]: services.secrets.seal(secret, { record: row.id, field }) }
      : {}
  const { certificateSha256 } = securityCenter ?? {}
  return {
    ...withoutNull(settings),
    ...(typeof name === 'string' ? { name: name.trim(), nameKey: foldCase(name.trim()) } : {}),
    ...withoutNull({ brakes: toBrakes(input) }),
    ...beginSchedule(services, row, input),
    ...(autotask?.url === undefined ? {} : { autotaskUrl: autotask.url, autotaskWebUrl: null }),
    ...withoutNull({
      autotaskUserName: autotask?.userName,
      securityCenterUrl: securityCenter?.url,
      securityCenterUser: securityCenter?.user,
    }),
    ...(certificateSha256 === undefined
      ? {}
      : {
          securityCenterCertificateSha256:
            certificateSha256 === null ? null : parseFingerprint(certificateSha256),
        }),
    ...seal('autotaskSecret', autotask?.secret),
    ...seal('autotaskIntegrationCode', autotask?.integrationCode),
    ...seal('securityCenterPassword', securityCenter?.password),
  }
}

/** Days on which the schedule was off were not missed: switched on, it begins with the next one. */
function beginSchedule(
  { clock }: Services,
  { scheduleEnabled, timeZone, dailyRunHour }: IntegrationRow,
  input: UpdateIntegrationInput,
): Changes {
  if (scheduleEnabled || input.scheduleEnabled !== true) return {}
  const hour = {
    timeZone: input.timeZone ?? timeZone,
    dailyRunHour: input.dailyRunHour ?? dailyRunHour,
  }
  return { lastScheduledDay: newestDueDay(clock.nowMs(), hour) }
}

/** A limit that is left out is switched off: the form sends all of them. */
function toBrakes({ brakes }: UpdateIntegrationInput): BrakeLimits | undefined {
  if (brakes === undefined || brakes === null) return undefined
  return {
    lineUnits: brakes.lineUnits ?? null,
    linePercent: brakes.linePercent ?? null,
    lineMoney: brakes.lineMoney ?? null,
    runUnits: brakes.runUnits ?? null,
    runPercent: brakes.runPercent ?? null,
    runMoney: brakes.runMoney ?? null,
    holdDropToZero: brakes.holdDropToZero,
    holdDoubled: brakes.holdDoubled,
  }
}

/** For the log: that a secret is new, never which. */
function namesOfNewSecrets(changes: Changes): Record<string, string> {
  const fresh = SEALED_FIELDS.filter((field) => changes[field] !== undefined)
  return Object.fromEntries(fresh.map((field) => [field, 'replaced']))
}

type WithoutNull<Values> = { [Key in keyof Values]?: NonNullable<Values[Key]> }

/** In this form `null` and left out mean the same: it stays as it is. */
function withoutNull<Values extends object>(values: Values): WithoutNull<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== undefined),
  ) as WithoutNull<Values>
}

function refuse(problems: readonly Problem[]): IntegrationOutcome {
  return { integration: null, problems }
}
