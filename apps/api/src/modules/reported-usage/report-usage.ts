import { createHash } from 'node:crypto'
import type {
  ApplicationName,
  ApplicationUsage,
  Day,
  TenantId,
  TenantReading,
  UsageReading,
  UsageUnit,
} from '@trueup/core'
import { dayAt } from '../../calendar.ts'
import type { Services } from '../../context.ts'
import type { Problem } from '../../problems.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'
import { integrationNotFound } from '../integration/integration-problems.ts'
import { checkReportedUsage } from './check-reported-usage.ts'
import { checkOrder } from '../report/import-report.ts'
import type {
  ReportedApplicationInput,
  ReportedTenantInput,
  ReportUsageInput,
} from './reported-usage.input.ts'
import { takeIn, type TakenIn } from '../report/take-in.ts'

/** A complete snapshot as a program reports it. */
export interface UsageOrder {
  readonly integrationId: string
  /** As `nameActor` says. */
  readonly actor: string
  readonly input: ReportUsageInput
}

/**
 * Stores a complete snapshot that a program reports, all or nothing. The same key with the same content is the same snapshot; with
 * other content it is refused.
 */
export async function reportUsage(services: Services, order: UsageOrder): Promise<TakenIn> {
  const { integrationId, actor, input } = order
  const integration = await services.orm.em.fork().findOne(IntegrationEntity, { id: integrationId })
  if (integration === null) return refused([integrationNotFound(integrationId)])
  const problems = [...checkOrder(integration, { profile: null }), ...checkReportedUsage(input)]
  if (problems.length > 0) return refused(problems)
  const reading = toReading(input)
  const clientKey = input.clientKey.trim()
  return takeIn(services, {
    integration,
    actor,
    kind: 'REPORTED',
    name: clientKey,
    contentKey: clientKey,
    contentSha256: digest(reading, input.usageDay ?? null),
    usageDay: input.usageDay ?? dayAt(services.clock.nowMs(), integration.timeZone),
    reading,
    rowProblems: [],
    rowProblemCount: 0,
    mayBeCut: false,
    acceptMissing: input.acceptMissing,
    renames: [],
    profile: null,
  })
}

/** The order in which a program lists things does not matter. */
function toReading({ tenants }: ReportUsageInput): UsageReading {
  const sorted = tenants.toSorted((one, other) => compare(one.externalId, other.externalId))
  const units = new Map<string, UsageUnit>()
  for (const { application, unit } of sorted.flatMap(({ applications }) => applications))
    units.set(application.trim(), unit)
  return {
    tenants: sorted.map(({ externalId, name }) => ({
      id: externalId.trim() as TenantId,
      kind: 'WORKSPACE',
      name: name.trim(),
      isEnabled: true,
    })),
    readings: sorted.map(toTenantReading),
    applications: [...units]
      .toSorted(([one], [other]) => compare(one, other))
      .map(([name, unit]) => ({ name: name as ApplicationName, unit })),
  }
}

function toTenantReading(tenant: ReportedTenantInput): TenantReading {
  const id = tenant.externalId.trim() as TenantId
  const { incompleteReason = null } = tenant
  if (incompleteReason !== null) return { tenant: id, complete: false, reason: incompleteReason }
  const applications = tenant.applications
    .map(toApplicationUsage)
    .toSorted((one, other) => compare(one.application, other.application))
  return { tenant: id, complete: true, applications }
}

function toApplicationUsage(reported: ReportedApplicationInput): ApplicationUsage {
  const { byCategory = null } = reported
  return {
    application: reported.application.trim() as ApplicationName,
    unit: reported.unit,
    quantity: reported.quantity,
    keys: [...new Set(reported.keys)].toSorted(compare),
    ...(byCategory === null
      ? {}
      : {
          byCategory: {
            WINDOWS_WORKSTATION: byCategory.windowsWorkstations,
            WINDOWS_SERVER: byCategory.windowsServers,
            NON_WINDOWS: byCategory.nonWindows,
            UNKNOWN: byCategory.unknown,
          },
        }),
  }
}

function digest(reading: UsageReading, usageDay: Day | null): string {
  return createHash('sha256')
    .update(JSON.stringify([usageDay, reading]))
    .digest('hex')
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}

function refused(problems: readonly Problem[]): TakenIn {
  return { taken: null, isRepeated: false, problems }
}
