import type { LicenceReportProblem } from '@trueup/kaspersky'
import { toProblemTypes } from '../../graphql/problem.type.ts'
import type { Problem } from '../../problems.ts'
import type { ReportPreview } from './preview-report.ts'
import { toProfileShape } from './report-profile.type.ts'
import type {
  ImportUsageResultType,
  LicenceReportPreviewType,
  ReportRowProblemType,
} from './report.type.ts'
import { rowProblemMessages } from './row-problem-messages.ts'
import type { UsageImportRow } from './usage-import.entity.ts'

/** What became of usage that was handed in, in the shape of the schema. */
export function toImportResult(outcome: {
  readonly row: UsageImportRow | null
  readonly isRepeated: boolean
  readonly problems: readonly Problem[]
  readonly rowProblems?: readonly LicenceReportProblem[]
  readonly rowProblemCount?: number
}): ImportUsageResultType {
  return {
    import: outcome.row,
    isRepeated: outcome.isRepeated,
    rowProblemCount: outcome.rowProblemCount ?? 0,
    rowProblems: toRowProblems(outcome.rowProblems ?? []),
    problems: toProblemTypes(outcome.problems),
  }
}

/** Problems of rows in the shape of the schema. */
export function toRowProblems(problems: readonly LicenceReportProblem[]): ReportRowProblemType[] {
  return problems.map((problem) => ({ ...problem, message: rowProblemMessages[problem.code] }))
}

/** A preview in the shape of the schema. */
export function toPreviewType({
  chosen,
  report,
  change,
  mustExplainMissing,
}: ReportPreview): LicenceReportPreviewType {
  const { profile, origin, proposal } = chosen
  const readings = report?.reading?.readings ?? []
  return {
    format: proposal.format,
    separator: proposal.separator,
    encoding: report?.encoding ?? proposal.encoding,
    header: proposal.header,
    rows: proposal.preview.map((cells) => ({ cells })),
    profile: profile === null ? null : toProfileShape(profile),
    profileOrigin: origin,
    proposedProfile: proposal.profile === null ? null : toProfileShape(proposal.profile),
    open: origin === 'PROPOSED' ? proposal.open : [],
    fileProblems: toRowProblems(proposal.problems),
    reading:
      report === null
        ? null
        : {
            reportDay: report.reportDay,
            namesDay: report.namesDay,
            rows: report.rows.read,
            rowsCounted: report.rows.counted,
            rowsWrong: report.rows.wrong,
            rowsOverLimit: report.rows.overLimit,
            companies: readings.length,
            companiesIncomplete: readings.filter(({ complete }) => !complete).length,
            units: readings
              .flatMap((one) => (one.complete ? one.applications : []))
              .reduce((sum, { quantity }) => sum + quantity, 0),
            mayBeCut: report.mayBeCut,
            canAcceptPartial: report.problemCount > 0 && report.reading !== null,
            rowProblemCount: report.problemCount,
            rowProblems: toRowProblems(report.problems),
          },
    missing: change?.missing ?? [],
    appeared: change?.appeared ?? [],
    mustExplainMissing,
  }
}
