import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import type { Day } from '@trueup/core'
import type { LicenceReportProblem } from '@trueup/kaspersky'
import { newId } from '../../database/id.ts'
import type { Problem } from '../../problems.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'
import { UsageSnapshotEntity } from '../usage/usage-snapshot.entity.ts'

/** How usage was handed in: as a file, or by a program that reports it. */
export type UsageImportKind = 'LICENCE_REPORT' | 'REPORTED'

/** Usage that somebody handed in, taken or refused. Rows are only ever added. */
export const UsageImportEntity = defineEntity({
  name: 'UsageImport',
  tableName: 'usage_import',
  properties: {
    id: p.text().primary().onCreate(newId),
    integrationId: () => p.manyToOne(IntegrationEntity).mapToPk().fieldName('integration_id'),
    /** `null` when it was refused. */
    snapshot: () => p.manyToOne(UsageSnapshotEntity).ref().strictNullable().deleteRule('restrict'),
    kind: p.text().$type<UsageImportKind>(),
    /** What makes it the same as another one: of a file its bytes and how they were read, of a program its key. */
    contentKey: p.text().strictNullable(),
    contentSha256: p.text().strictNullable(),
    /** The file's name, or the program's key. */
    name: p.text(),
    usageDay: p.text().$type<Day>().strictNullable(),
    at: p.datetime(3),
    actor: p.text(),
    companies: p.integer(),
    companiesIncomplete: p.integer(),
    problemCount: p.integer(),
    problems: p.json<readonly Problem[]>(),
    /** The first of them, for people. */
    rowProblems: p.json<readonly LicenceReportProblem[]>(),
  },
  // Refused ones have no key, and no key is like another.
  uniques: [{ properties: ['integrationId', 'kind', 'contentKey'] }],
  indexes: [{ properties: ['integrationId', 'id'] }],
})

/** One row of `usage_import`. */
export type UsageImportRow = InferEntity<typeof UsageImportEntity>
