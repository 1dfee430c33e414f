import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import type { Day, Settlement } from '@trueup/core'
import { IntegrationEntity } from '../integration/integration.entity.ts'

/**
 * The journal: one row a post, written before it is sent. `settledKind` is null while it is under way and
 * `UNKNOWN` while nobody knows; both count as unsettled. Rows are never deleted.
 */
export const IntentEntity = defineEntity({
  name: 'Intent',
  tableName: 'intent',
  properties: {
    integrationId: () =>
      p.manyToOne(IntegrationEntity).mapToPk().fieldName('integration_id').primary(),
    intentKey: p.text().primary(),
    contractExternalId: p.text(),
    serviceExternalId: p.text(),
    lineExternalId: p.text().nullable(),
    ordinal: p.integer(),
    effectiveDay: p.text().$type<Day>(),
    unitsBefore: p.integer(),
    unitsAfter: p.integer(),
    attempt: p.integer(),
    recordedAt: p.datetime(3),
    takesBack: p.text().nullable(),
    settledKind: p.text().$type<Settlement['kind']>().nullable(),
    settledAt: p.datetime(3).nullable(),
    unitsSeen: p.integer().nullable(),
    reason: p.text().nullable(),
  },
  uniques: [
    {
      name: 'intent_next_ordinal_once',
      properties: ['integrationId', 'contractExternalId', 'serviceExternalId', 'ordinal'],
    },
  ],
})

/** One row of `intent`. */
export type IntentRow = InferEntity<typeof IntentEntity>
