import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import type { ConnectionFacts, FirstWriteReport } from '@trueup/autotask'
import type { Day } from '@trueup/core'
import { newId } from '../../database/id.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'

/**
 * How far a first write has come, stored before the step is taken: `ADDING` means that one unit may have been added,
 * `TAKING_BACK` that it may have been taken away again.
 */
export type FirstWriteProgress = 'BEGUN' | 'ADDING' | 'TAKING_BACK' | 'ENDED'

/** One attempt at the first write, and what it taught of the Autotask database. Rows are never deleted. */
export const FirstWriteEntity = defineEntity({
  name: 'FirstWrite',
  tableName: 'first_write',
  properties: {
    id: p.text().primary().onCreate(newId),
    integrationId: () => p.manyToOne(IntegrationEntity).mapToPk().fieldName('integration_id'),
    /** What it taught holds for every connection to this Autotask database. */
    databaseName: p.text(),
    contractExternalId: p.text(),
    serviceExternalId: p.text(),
    lineExternalId: p.text(),
    effectiveDay: p.text().$type<Day>(),
    unitsBefore: p.integer(),
    progress: p.text().$type<FirstWriteProgress>(),
    startedAt: p.datetime(3),
    startedBy: p.text(),
    endedAt: p.datetime(3).strictNullable(),
    report: p.json<FirstWriteReport>().strictNullable(),
    facts: p.json<ConnectionFacts>().strictNullable(),
  },
  indexes: [{ properties: ['integrationId', 'id'] }],
})

/** One row of `first_write`. */
export type FirstWriteRow = InferEntity<typeof FirstWriteEntity>
