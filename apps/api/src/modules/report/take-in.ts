import { isDeepStrictEqual } from 'node:util'
import type { Day, UsageReading } from '@trueup/core'
import type { LicenceReportProblem, LicenceReportProfile } from '@trueup/kaspersky'
import { dayAt } from '../../calendar.ts'
import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import type { Em } from '../../database/orm.ts'
import { inContestedTransaction } from '../../database/transaction.ts'
import { toProblem, type Problem } from '../../problems.ts'
import { recordActivities } from '../audit/record-activity.ts'
import { integrationSubject } from '../integration/integration-problems.ts'
import { IntegrationEntity, type IntegrationRow } from '../integration/integration.entity.ts'
import { storeTenants } from '../tenant/store-tenants.ts'
import { storeSnapshot } from '../usage/store-snapshot.ts'
import { UsageSnapshotEntity } from '../usage/usage-snapshot.entity.ts'
import { compareTenants, isSuspicious } from './compare-tenants.ts'
import { renameTenants, type TenantRename } from './rename-tenants.ts'
import {
  UsageImportEntity,
  type UsageImportKind,
  type UsageImportRow,
} from './usage-import.entity.ts'

/** Usage as somebody hands it in, read and found right. */
export interface HandedInUsage {
  readonly integration: IntegrationRow
  /** As `nameActor` says. */
  readonly actor: string
  readonly kind: UsageImportKind
  readonly name: string
  readonly contentKey: string
  readonly contentSha256: string
  readonly usageDay: Day
  readonly reading: UsageReading
  readonly rowProblems: readonly LicenceReportProblem[]
  readonly rowProblemCount: number
  readonly mayBeCut: boolean
  readonly acceptMissing: boolean
  readonly renames: readonly TenantRename[]
  /** Kept with the integration when it is not kept already. */
  readonly profile: LicenceReportProfile | null
}

/** What became of it. */
export interface TakenIn {
  /** `null` when nothing was stored. */
  readonly taken: UsageImportRow | null
  /** The same content was taken in before, and this is that import. */
  readonly isRepeated: boolean
  readonly problems: readonly Problem[]
}

/** More row problems than anybody reads later on. */
const MOST_KEPT_PROBLEMS = 200

/** The problems that are remembered with an import. */
export function keptProblems(all: readonly LicenceReportProblem[]): LicenceReportProblem[] {
  return all.slice(0, MOST_KEPT_PROBLEMS)
}

/**
 * Stores usage that was handed in as a snapshot with its workspaces, all or nothing. The same content twice is one snapshot;
 * the database decides between two that come at once.
 */
export async function takeIn(services: Services, usage: HandedInUsage): Promise<TakenIn> {
  try {
    return await inContestedTransaction(services.orm, (em) => store(services, em, usage))
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { taken: null, isRepeated: false, problems: error.problems }
  }
}

/** Undoes the transaction; never leaves this file. */
class Refused extends Error {
  override readonly name = 'Refused'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super('refused')
    this.problems = problems
  }
}

async function store(services: Services, em: Em, usage: HandedInUsage): Promise<TakenIn> {
  const { integration, reading, usageDay, kind, contentKey } = usage
  const { id } = integration
  // First of all: whoever hands in usage of the same integration at the same time waits here.
  await em.nativeUpdate(IntegrationEntity, { id }, { source: integration.source })
  const same = await em.findOne(UsageImportEntity, { integrationId: id, kind, contentKey })
  if (same !== null) return toRepeated(usage, same)
  const problems = [
    ...(await checkDay(services, em, usage)),
    ...(await renameTenants(em, id, usage)),
  ]
  if (problems.length === 0 && !usage.acceptMissing)
    problems.push(...(await askForMissing(em, usage)))
  if (problems.length > 0) throw new Refused(problems)
  const at = toInstant(services.clock)
  await storeTenants(em, id, { tenants: reading.tenants, at })
  const snapshot = await storeSnapshot(em, { integrationId: id, takenAt: at, usageDay, reading })
  const taken = await recordImport(em, { usage, at, snapshot })
  await keepProfile(em, usage)
  return { taken, isRepeated: false, problems: [] }
}

/** A program's key names one content; a file's key is its content. */
function toRepeated(usage: HandedInUsage, same: UsageImportRow): TakenIn {
  if (usage.kind === 'LICENCE_REPORT' || same.contentSha256 === usage.contentSha256)
    return { taken: same, isRepeated: true, problems: [] }
  const subject = integrationSubject(usage.integration)
  const problem = toProblem('CLIENT_KEY_USED', subject, { clientKey: usage.name })
  return { taken: null, isRepeated: false, problems: [problem] }
}

/** The newest snapshot decides what is billed, so an older day may not come after a newer one. */
async function checkDay(
  { clock }: Services,
  em: Em,
  { integration, usageDay: day }: HandedInUsage,
): Promise<Problem[]> {
  const subject = integrationSubject(integration)
  const today = dayAt(clock.nowMs(), integration.timeZone)
  if (day > today) return [toProblem('REPORT_FROM_THE_FUTURE', subject, { day, today })]
  const newest = await em.findOne(
    UsageSnapshotEntity,
    { integrationId: integration.id },
    { orderBy: { id: 'desc' } },
  )
  if (newest === null || newest.usageDay <= day) return []
  return [toProblem('REPORT_OLDER', subject, { day, newest: newest.usageDay })]
}

const MOST_NAMES = 20

async function askForMissing(em: Em, usage: HandedInUsage): Promise<Problem[]> {
  const change = await compareTenants(em, usage.integration.id, usage.reading)
  if (!isSuspicious(change, usage.mayBeCut)) return []
  const names = change.missing.slice(0, MOST_NAMES).map((row) => row.name)
  return [
    toProblem('REPORT_COMPANIES_MISSING', integrationSubject(usage.integration), {
      missing: change.missing.length,
      known: change.known,
      names: names.join(', ') + (change.missing.length > names.length ? ', …' : ''),
      appeared: change.appeared.slice(0, MOST_NAMES).join(', '),
      mayBeCut: usage.mayBeCut,
    }),
  ]
}

async function recordImport(
  em: Em,
  facts: { readonly usage: HandedInUsage; readonly at: Date; readonly snapshot: string },
): Promise<UsageImportRow> {
  const { usage, at, snapshot } = facts
  const { integration, reading } = usage
  const row = em.create(UsageImportEntity, {
    integrationId: integration.id,
    snapshot,
    kind: usage.kind,
    contentKey: usage.contentKey,
    contentSha256: usage.contentSha256,
    name: usage.name,
    usageDay: usage.usageDay,
    at,
    actor: usage.actor,
    companies: reading.readings.length,
    companiesIncomplete: reading.readings.filter(({ complete }) => !complete).length,
    problemCount: usage.rowProblemCount,
    problems: [],
    rowProblems: keptProblems(usage.rowProblems),
  })
  await em.flush()
  const { companies, companiesIncomplete, usageDay, name } = row
  await recordActivities(em, [
    {
      at,
      actor: usage.actor,
      action: usage.kind === 'REPORTED' ? 'USAGE_REPORTED' : 'REPORT_IMPORTED',
      integrationId: integration.id,
      subject: integrationSubject(integration),
      before: null,
      after: { name, usageDay, companies, companiesIncomplete, renames: usage.renames },
    },
  ])
  return row
}

async function keepProfile(em: Em, { integration, profile }: HandedInUsage): Promise<void> {
  if (profile === null) return
  if (isDeepStrictEqual(profile, integration.reportProfile)) return
  const row = await em.findOneOrFail(IntegrationEntity, { id: integration.id })
  row.reportProfile = profile
  row.version += 1
  await em.flush()
}
