import { createHash } from 'node:crypto'
import type { Day } from '@trueup/core'
import type { LicenceReport, LicenceReportProblem, LicenceReportProfile } from '@trueup/kaspersky'
import { readLicenceReport } from '@trueup/kaspersky'
import { dayAt } from '../../calendar.ts'
import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import { inTransaction } from '../../database/transaction.ts'
import { fieldSubject, toProblem, type Problem } from '../../problems.ts'
import { recordActivities } from '../audit/record-activity.ts'
import { IntegrationEntity, type IntegrationRow } from '../integration/integration.entity.ts'
import { integrationNotFound, integrationSubject } from '../integration/integration-problems.ts'
import { checkProfile, chooseProfile, describeProfile } from './choose-profile.ts'
import type { TenantRename } from './rename-tenants.ts'
import type { ReportFile } from './report-file.ts'
import { keptProblems, takeIn } from './take-in.ts'
import { UsageImportEntity, type UsageImportRow } from './usage-import.entity.ts'

/** A report somebody hands in, and what they say about it. */
export interface ImportOrder {
  readonly integrationId: string
  /** As `nameActor` says. */
  readonly actor: string
  readonly file: ReportFile
  /** `null`: as the integration's reports are read. */
  readonly profile: LicenceReportProfile | null
  /** The day of a report that names none; `null`: today. */
  readonly reportDay: Day | null
  /** Take the companies whose rows are all right; the others get no reading and keep their units. */
  readonly acceptRowsWithProblems: boolean
  /** The companies that are not in the report are gone. */
  readonly acceptMissing: boolean
  readonly renames: readonly TenantRename[]
}

/** What became of a report. */
export interface ImportOutcome {
  /** Taken or refused; `null` when there was nothing to refuse. */
  readonly row: UsageImportRow | null
  readonly isRepeated: boolean
  readonly problems: readonly Problem[]
  /** What is wrong by row and column, at most a thousand of `rowProblemCount`. */
  readonly rowProblems: readonly LicenceReportProblem[]
  readonly rowProblemCount: number
}

/**
 * Reads a licence report as a stream and stores it as a snapshot of the day it is of. Nothing is stored when any row is wrong,
 * unless the person says so, and never a smaller number for a company with a wrong row. Throws what receiving the file throws.
 */
export async function importReport(services: Services, order: ImportOrder): Promise<ImportOutcome> {
  const integration = await services.orm.em
    .fork()
    .findOne(IntegrationEntity, { id: order.integrationId })
  if (integration === null) return nothing([integrationNotFound(order.integrationId)])
  const faults = checkOrder(integration, order)
  if (faults.length > 0) return nothing(faults)
  const chosen = await chooseProfile(integration, order.file, order.profile)
  const { profile, proposal } = chosen
  const isOpen = chosen.origin === 'PROPOSED' && proposal.open.length > 0
  if (profile === null || isOpen) {
    const open = isOpen ? proposal.open.join(', ') : null
    const problem =
      proposal.problems.length > 0
        ? hasProblems(integration, { problemCount: proposal.problems.length, canAccept: false })
        : toProblem('REPORT_PROFILE_NEEDED', integrationSubject(integration), { open })
    const { problems: rowProblems } = proposal
    return refuse(services, order, { integration, problems: [problem], rowProblems })
  }
  const today = dayAt(services.clock.nowMs(), integration.timeZone)
  const report = await readLicenceReport(order.file.open(), profile, {
    receivedDay: order.reportDay ?? today,
    acceptPartial: order.acceptRowsWithProblems,
    maxBytes: services.mostReportBytes,
  })
  return takeReport(services, order, { integration, profile, report })
}

/** What keeps an order from being looked at. */
export function checkOrder(
  integration: IntegrationRow,
  { profile }: Pick<ImportOrder, 'profile'>,
): Problem[] {
  const { name } = integration
  if (integration.source !== 'LICENCE_REPORT')
    return [toProblem('USAGE_NOT_TAKEN_IN', integrationSubject(integration), { name })]
  return profile === null ? [] : checkProfile(profile)
}

async function takeReport(
  services: Services,
  order: ImportOrder,
  read: {
    readonly integration: IntegrationRow
    readonly profile: LicenceReportProfile
    readonly report: LicenceReport
  },
): Promise<ImportOutcome> {
  const { integration, profile, report } = read
  const { reading, contentSha256, problems: rowProblems, problemCount } = report
  const refusal = { integration, rowProblems, count: problemCount }
  if (reading === null || contentSha256 === null) {
    const facts = { problemCount, canAccept: report.canAcceptPartial }
    const problem = hasProblems(integration, facts)
    return refuse(services, order, { ...refusal, problems: [problem] })
  }
  if (order.reportDay !== null && report.reportDay !== order.reportDay) {
    const facts = { day: report.reportDay, said: order.reportDay }
    const problem = toProblem('REPORT_DAY_NOT_AS_SAID', fieldSubject('reportDay', 'Day'), facts)
    return refuse(services, order, { ...refusal, problems: [problem] })
  }
  const { taken, isRepeated, problems } = await takeIn(services, {
    integration,
    actor: order.actor,
    kind: 'LICENCE_REPORT',
    name: order.file.name,
    contentKey: toContentKey(contentSha256, profile, order.reportDay),
    contentSha256,
    usageDay: report.reportDay,
    reading,
    rowProblems,
    rowProblemCount: problemCount,
    mayBeCut: report.mayBeCut,
    acceptMissing: order.acceptMissing,
    renames: order.renames,
    profile,
  })
  if (taken === null) return refuse(services, order, { ...refusal, problems })
  return { row: taken, isRepeated, problems: [], rowProblems, rowProblemCount: problemCount }
}

/**
 * What makes two reports the same: their bytes, and how they were read. Read by a corrected profile the same bytes are another
 * report, or a mistake could never be mended; so are the bytes of a report without a day that somebody says is of another day.
 */
function toContentKey(
  contentSha256: string,
  profile: LicenceReportProfile,
  reportDay: Day | null,
): string {
  return createHash('sha256')
    .update(JSON.stringify([contentSha256, describeProfile(profile), reportDay]))
    .digest('hex')
}

/** The report is not right, and this many things say so. */
function hasProblems(
  integration: IntegrationRow,
  { problemCount, canAccept }: { readonly problemCount: number; readonly canAccept: boolean },
): Problem {
  return toProblem('REPORT_HAS_PROBLEMS', integrationSubject(integration), {
    problems: problemCount,
    canAccept,
  })
}

/** Remembers that a report was refused and why, so that nobody wonders where it went. */
async function refuse(
  services: Services,
  { file, actor }: ImportOrder,
  refusal: {
    readonly integration: IntegrationRow
    readonly problems: readonly Problem[]
    readonly rowProblems: readonly LicenceReportProblem[]
    readonly count?: number
  },
): Promise<ImportOutcome> {
  const { integration, problems, rowProblems, count = rowProblems.length } = refusal
  const integrationId = integration.id
  const at = toInstant(services.clock)
  const row = await inTransaction(services.orm, async (em) => {
    const created = em.create(UsageImportEntity, {
      integrationId,
      snapshot: null,
      kind: 'LICENCE_REPORT',
      contentKey: null,
      contentSha256: null,
      name: file.name,
      usageDay: null,
      at,
      actor,
      companies: 0,
      companiesIncomplete: 0,
      problemCount: count,
      problems,
      rowProblems: keptProblems(rowProblems),
    })
    await em.flush()
    await recordActivities(em, [
      {
        at,
        actor,
        action: 'REPORT_REFUSED',
        integrationId,
        subject: integrationSubject(integration),
        before: null,
        after: { name: file.name, problems: problems.map(({ code }) => code), rows: count },
      },
    ])
    return created
  })
  return { row, isRepeated: false, problems, rowProblems, rowProblemCount: count }
}

function nothing(problems: readonly Problem[]): ImportOutcome {
  return { row: null, isRepeated: false, problems, rowProblems: [], rowProblemCount: 0 }
}
