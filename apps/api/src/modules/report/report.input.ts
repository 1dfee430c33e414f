import type { Day } from '@trueup/core'
import GraphQLUpload, { type FileUpload } from 'graphql-upload/GraphQLUpload.mjs'
import { ArgsType, Field, ID, InputType } from 'type-graphql'
import { ShortPageArgs } from '../../graphql/page.input.ts'
import { DayScalar } from '../../graphql/scalars.ts'
import { LicenceReportProfileShape } from './report-profile.type.ts'

@InputType('ReportFileInput', {
  description: 'A report: as an upload, or as base64 text of at most 6 MB.',
})
export class ReportFileInput {
  @Field(() => GraphQLUpload, {
    nullable: true,
    description: 'By the GraphQL multipart request specification, at most 100 MB.',
  })
  upload?: Promise<FileUpload> | null

  @Field(() => String, { nullable: true, description: 'The bytes of the file as base64 text.' })
  base64?: string | null

  @Field(() => String, { nullable: true, description: "The file's name; null: the upload's own." })
  name?: string | null
}

@InputType('WorkspaceRenameInput', {
  description: 'A workspace that a report now calls differently; its mapping and history stay.',
})
export class WorkspaceRenameInput {
  @Field(() => String, { description: 'What it is called in Trueup.' })
  from!: string

  @Field(() => String, { description: 'What the report calls it.' })
  to!: string
}

/** What `integrationId` means where reports are concerned. */
export const REPORT_INTEGRATION = 'Id of an integration of the source licence report.'

const REPORT_DAY = 'The day of a report that names none; null: today.'

@ArgsType()
export class PreviewLicenceReportArgs {
  @Field(() => ID, { description: REPORT_INTEGRATION })
  integrationId!: string

  @Field(() => ReportFileInput, { description: 'The report as a file, CSV or XLSX.' })
  file!: ReportFileInput

  @Field(() => LicenceReportProfileShape, {
    nullable: true,
    description: 'How to read it; null: as the integration does, or as its header says.',
  })
  profile?: LicenceReportProfileShape | null

  @Field(() => DayScalar, { nullable: true, description: REPORT_DAY })
  reportDay?: Day | null
}

@InputType('ImportLicenceReportInput', { description: 'A report, and what is said about it.' })
export class ImportLicenceReportInput {
  @Field(() => ReportFileInput, { description: 'The report as a file, CSV or XLSX.' })
  file!: ReportFileInput

  @Field(() => LicenceReportProfileShape, {
    nullable: true,
    description:
      'How it is read, kept for the next one; null: as before, or as its header says when that is clear.',
  })
  profile?: LicenceReportProfileShape | null

  @Field(() => DayScalar, { nullable: true, description: REPORT_DAY })
  reportDay?: Day | null

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Take the companies whose rows are all right. The others get no reading and keep their units.',
  })
  acceptRowsWithProblems!: boolean

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Known workspaces that are not in the report are gone.',
  })
  acceptMissing!: boolean

  @Field(() => [WorkspaceRenameInput], {
    defaultValue: [],
    description: 'Workspaces that the report calls differently now.',
  })
  renames!: WorkspaceRenameInput[]
}

@ArgsType()
export class UsageImportArgs extends ShortPageArgs {
  @Field(() => ID, { description: 'Id of the integration.' })
  integrationId!: string
}
