import type { Day } from '@trueup/core'
import type { OpenChoice } from '@trueup/kaspersky'
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { createConnectionType } from '../../graphql/connection.type.ts'
import { ProblemType } from '../../graphql/problem.type.ts'
import { DateTimeScalar, DayScalar } from '../../graphql/scalars.ts'
import { TenantType } from '../tenant/tenant.type.ts'
import { UsageSnapshotType } from '../usage/usage.type.ts'
import type { ProfileOrigin as ProfileOriginName } from './choose-profile.ts'
import { LicenceReportProfileShape, ReportChoice } from './report-profile.type.ts'
import type { UsageImportKind as UsageImportKindName } from './usage-import.entity.ts'

const UsageImportKind: { readonly [Key in UsageImportKindName]: Key } = {
  LICENCE_REPORT: 'LICENCE_REPORT',
  REPORTED: 'REPORTED',
}
registerEnumType(UsageImportKind, {
  name: 'UsageImportKind',
  description: 'How usage was handed in.',
  valuesConfig: {
    LICENCE_REPORT: { description: 'As a file.' },
    REPORTED: { description: 'By a program, with `reportUsage`.' },
  },
})

const ProfileOrigin: { readonly [Key in ProfileOriginName]: Key } = {
  GIVEN: 'GIVEN',
  STORED: 'STORED',
  PROPOSED: 'PROPOSED',
}
registerEnumType(ProfileOrigin, {
  name: 'ProfileOrigin',
  description: 'Where a column profile comes from.',
  valuesConfig: {
    GIVEN: { description: 'The request brought it.' },
    STORED: { description: 'Confirmed before and kept with the integration.' },
    PROPOSED: { description: "From the file's own header and first rows." },
  },
})

@ObjectType('ReportRowProblem', {
  description: 'One thing that is wrong with a report, and where it is found.',
  simpleResolvers: true,
})
export class ReportRowProblemType {
  @Field(() => String, { description: 'UPPER_SNAKE; stands in docs/errors.md.' })
  code!: string

  @Field(() => Int, {
    nullable: true,
    description: 'Counted from 1 as a spreadsheet does; null for the file as a whole.',
  })
  row!: number | null

  @Field(() => String, { nullable: true, description: "The column's title; null for the row." })
  column!: string | null

  @Field(() => String, { nullable: true, description: 'What stands there, shortened.' })
  value!: string | null

  @Field(() => String, { description: 'For people, in English.' })
  message!: string
}

@ObjectType('UsageImport', {
  description: 'Usage that somebody handed in, taken or refused.',
  simpleResolvers: true,
})
export class UsageImportType {
  @Field(() => ID, { description: 'Id.' })
  id!: string

  @Field(() => UsageImportKind, { description: 'How it was handed in.' })
  kind!: UsageImportKindName

  @Field(() => String, { description: "The file's name, or the key that the program gave." })
  name!: string

  @Field(() => DateTimeScalar, { description: 'When it was handed in.' })
  at!: Date

  @Field(() => String, {
    description: 'Who handed it in: a person, a token, a command or the folder.',
  })
  actor!: string

  @Field(() => DayScalar, { nullable: true, description: 'The day it is of; null when refused.' })
  usageDay!: Day | null

  @Field(() => Int, { description: 'Workspaces it lists.' })
  companies!: number

  @Field(() => Int, { description: 'Of them, those that were not taken and keep their units.' })
  companiesIncomplete!: number

  @Field(() => Int, { description: 'How many things are wrong with its rows.' })
  problemCount!: number

  @Field(() => UsageSnapshotType, {
    nullable: true,
    description: 'What was stored; null when it was refused.',
  })
  snapshot!: object | null

  @Field(() => [ProblemType], { description: 'Why it was refused.' })
  problems!: ProblemType[]

  @Field(() => [ReportRowProblemType], {
    description: 'The first 200 things that are wrong with its rows.',
  })
  rowProblems!: ReportRowProblemType[]
}

/** A page of imports. */
export const UsageImportConnection = createConnectionType('UsageImport', () => UsageImportType, {
  one: 'An import',
  many: 'imports',
})

@ObjectType('ImportUsageResult', {
  description: 'What became of usage that was handed in.',
  simpleResolvers: true,
})
export class ImportUsageResultType {
  @Field(() => UsageImportType, {
    nullable: true,
    description: 'The import, taken or refused; null when there was nothing to take.',
  })
  import!: object | null

  @Field(() => Boolean, {
    description: 'The same content was taken before: `import` is that one, and nothing was stored.',
  })
  isRepeated!: boolean

  @Field(() => Int, { description: 'How many things are wrong with its rows.' })
  rowProblemCount!: number

  @Field(() => [ReportRowProblemType], { description: 'The first 1,000 of them.' })
  rowProblems!: ReportRowProblemType[]

  @Field(() => [ProblemType], { description: 'Why nothing was stored.' })
  problems!: ProblemType[]
}

@ObjectType('ReportRow', { description: 'One row of a file.', simpleResolvers: true })
class ReportRowType {
  @Field(() => [String], { description: 'Its cells as text, under the titles of the header.' })
  cells!: readonly string[]
}

@ObjectType('ReportReading', {
  description: 'What reading a report to its end gives.',
  simpleResolvers: true,
})
class ReportReadingType {
  @Field(() => DayScalar, { description: 'The day it is of.' })
  reportDay!: Day

  @Field(() => Boolean, {
    description: 'Whether it says so itself; if not, say its day when you hand it in.',
  })
  namesDay!: boolean

  @Field(() => Int, { description: 'Rows below the header.' })
  rows!: number

  @Field(() => Int, { description: 'Rows whose licence counts.' })
  rowsCounted!: number

  @Field(() => Int, { description: 'Rows with a problem.' })
  rowsWrong!: number

  @Field(() => Int, {
    description: 'Rows that use more than their limit. Most of them: two columns are mixed up.',
  })
  rowsOverLimit!: number

  @Field(() => Int, { description: 'Companies.' })
  companies!: number

  @Field(() => Int, { description: 'Companies with a wrong row: they would get no reading.' })
  companiesIncomplete!: number

  @Field(() => Int, { description: 'Units of all companies together.' })
  units!: number

  @Field(() => Boolean, {
    description: 'The last line has no end, and no line of totals vouches for the rows.',
  })
  mayBeCut!: boolean

  @Field(() => Boolean, {
    description:
      'Whether the companies whose rows are all right could be taken without the others.',
  })
  canAcceptPartial!: boolean

  @Field(() => Int, { description: 'How many things are wrong.' })
  rowProblemCount!: number

  @Field(() => [ReportRowProblemType], { description: 'The first 1,000 of them.' })
  rowProblems!: ReportRowProblemType[]
}

@ObjectType('LicenceReportPreview', {
  description: 'What importing a report would do. Nothing is stored.',
  simpleResolvers: true,
})
export class LicenceReportPreviewType {
  @Field(() => String, { nullable: true, description: '`CSV` or `XLSX`; null for neither.' })
  format!: string | null

  @Field(() => String, { nullable: true, description: 'What stands between cells of a CSV.' })
  separator!: string | null

  @Field(() => String, { nullable: true, description: 'How the text of a CSV is written.' })
  encoding!: string | null

  @Field(() => [String], { description: 'The titles of the columns.' })
  header!: readonly string[]

  @Field(() => [ReportRowType], { description: 'The first rows below the header.' })
  rows!: ReportRowType[]

  @Field(() => LicenceReportProfileShape, {
    nullable: true,
    description: 'How it was read; null when columns have to be chosen first.',
  })
  profile!: LicenceReportProfileShape | null

  @Field(() => ProfileOrigin, { description: 'Where that profile comes from.' })
  profileOrigin!: ProfileOriginName

  @Field(() => LicenceReportProfileShape, {
    nullable: true,
    description: "What the file's own header proposes.",
  })
  proposedProfile!: LicenceReportProfileShape | null

  @Field(() => [ReportChoice], { description: 'What the file leaves open.' })
  open!: readonly OpenChoice[]

  @Field(() => [ReportRowProblemType], { description: 'Why the file cannot be looked at.' })
  fileProblems!: ReportRowProblemType[]

  @Field(() => ReportReadingType, {
    nullable: true,
    description: 'What reading it to its end gives; null without a profile.',
  })
  reading!: ReportReadingType | null

  @Field(() => [TenantType], { description: 'Known workspaces that are not in the report.' })
  missing!: readonly object[]

  @Field(() => [String], { description: 'Companies of the report that are new.' })
  appeared!: readonly string[]

  @Field(() => Boolean, {
    description: 'Whether an import has to say what became of the missing workspaces.',
  })
  mustExplainMissing!: boolean
}

@ObjectType('PreviewLicenceReportResult', {
  description: 'What importing a report would do, or why it cannot be told.',
  simpleResolvers: true,
})
export class PreviewLicenceReportResultType {
  @Field(() => LicenceReportPreviewType, { nullable: true, description: 'Null when refused.' })
  preview!: LicenceReportPreviewType | null

  @Field(() => [ProblemType], { description: 'Why not, when refused.' })
  problems!: ProblemType[]
}
