import {
  Arg,
  Args,
  Authorized,
  Ctx,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import { toPageRequest } from '../../graphql/page.input.ts'
import { newestFirst, readPage, type Page } from '../../graphql/page.ts'
import { toProblemTypes, type ProblemType } from '../../graphql/problem.type.ts'
import { fieldSubject, toProblem } from '../../problems.ts'
import type { IntegrationRow } from '../integration/integration.entity.ts'
import { IntegrationType } from '../integration/integration.type.ts'
import { UsageSnapshotEntity, type UsageSnapshotRow } from '../usage/usage-snapshot.entity.ts'
import { requireViewer } from '../viewer/require-viewer.ts'
import { Role } from '../viewer/role.ts'
import { nameActor } from '../viewer/viewer.ts'
import { importReport } from './import-report.ts'
import { previewReport } from './preview-report.ts'
import { toReportFile } from './report-file.ts'
import {
  fromProfileShape,
  LicenceReportProfileShape,
  toProfileShape,
} from './report-profile.type.ts'
import {
  ImportLicenceReportInput,
  PreviewLicenceReportArgs,
  REPORT_INTEGRATION,
  UsageImportArgs,
} from './report.input.ts'
import {
  ImportUsageResultType,
  PreviewLicenceReportResultType,
  UsageImportConnection,
  UsageImportType,
  type ReportRowProblemType,
} from './report.type.ts'
import { toImportResult, toPreviewType, toRowProblems } from './to-report-types.ts'
import { UsageImportEntity, type UsageImportRow } from './usage-import.entity.ts'

const NO_FILE = toProblem('REPORT_FILE_MISSING', fieldSubject('file', 'Report'))

@Resolver(() => UsageImportType)
export class UsageImportResolver {
  @Query(() => UsageImportConnection, {
    description: 'Usage that was handed in, taken or refused, the newest first.',
  })
  usageImports(
    @Ctx() { em }: RequestContext,
    @Args(() => UsageImportArgs) args: UsageImportArgs,
  ): Promise<Page<UsageImportRow>> {
    const where = { integrationId: args.integrationId }
    const order = newestFirst<UsageImportRow>()
    return readPage(em, { entity: UsageImportEntity, where, order }, toPageRequest(args))
  }

  @Authorized(Role.ADMINISTRATOR, Role.AUTOMATION)
  @Mutation(() => PreviewLicenceReportResultType, {
    description:
      'Reads a report and tells its columns, its first rows, what is wrong with it, and what an import would do. Stores nothing.',
  })
  async previewLicenceReport(
    @Ctx() context: RequestContext,
    @Args(() => PreviewLicenceReportArgs) args: PreviewLicenceReportArgs,
  ): Promise<PreviewLicenceReportResultType> {
    const { integrationId, profile = null, reportDay = null } = args
    const file = await toReportFile(args.file)
    if (file === null) return { preview: null, problems: toProblemTypes([NO_FILE]) }
    const { preview, problems } = await previewReport(context.services, {
      integrationId,
      file,
      profile: profile === null ? null : fromProfileShape(profile),
      reportDay,
    })
    return {
      preview: preview === null ? null : toPreviewType(preview),
      problems: toProblemTypes(problems),
    }
  }

  @Authorized(Role.ADMINISTRATOR, Role.AUTOMATION)
  @Mutation(() => ImportUsageResultType, {
    description:
      'Takes a licence report in as the snapshot of its day. Nothing is stored when any row is wrong, unless the input says so; the same file twice is one snapshot.',
  })
  async importLicenceReport(
    @Ctx() context: RequestContext,
    @Arg('integrationId', () => ID, { description: REPORT_INTEGRATION }) integrationId: string,
    @Arg('input', () => ImportLicenceReportInput, {
      description: 'The report, and what is said about it.',
    })
    input: ImportLicenceReportInput,
  ): Promise<ImportUsageResultType> {
    const file = await toReportFile(input.file)
    if (file === null) return toImportResult({ row: null, isRepeated: false, problems: [NO_FILE] })
    const { profile = null, reportDay = null } = input
    const outcome = await importReport(context.services, {
      integrationId,
      actor: nameActor(requireViewer(context)),
      file,
      profile: profile === null ? null : fromProfileShape(profile),
      reportDay,
      acceptRowsWithProblems: input.acceptRowsWithProblems,
      acceptMissing: input.acceptMissing,
      renames: input.renames,
    })
    return toImportResult(outcome)
  }

  @FieldResolver()
  snapshot(
    @Root() row: UsageImportRow,
    @Ctx() { em }: RequestContext,
  ): Promise<UsageSnapshotRow | null> {
    return row.snapshot === null
      ? Promise.resolve(null)
      : em.findOne(UsageSnapshotEntity, { id: row.snapshot.id })
  }

  @FieldResolver()
  problems(@Root() row: UsageImportRow): ProblemType[] {
    return toProblemTypes(row.problems)
  }

  @FieldResolver()
  rowProblems(@Root() row: UsageImportRow): ReportRowProblemType[] {
    return toRowProblems(row.rowProblems)
  }
}

/** What reports add to an integration. */
@Resolver(() => IntegrationType)
export class IntegrationReportResolver {
  @FieldResolver(() => LicenceReportProfileShape, {
    nullable: true,
    description: 'How its licence reports are read; null before the first one was confirmed.',
  })
  reportProfile(@Root() { reportProfile }: IntegrationRow): LicenceReportProfileShape | null {
    return reportProfile === null ? null : toProfileShape(reportProfile)
  }
}
