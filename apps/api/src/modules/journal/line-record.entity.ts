import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import type { Day, LineRecord } from '@trueup/core'
import { IntegrationEntity } from '../integration/integration.entity.ts'

/** What Trueup knows of a line from its own journal; moved only together with an intent or a person's decision. */
export const LineRecordEntity = defineEntity({
  name: 'LineRecord',
  tableName: 'line_record',
  properties: {
    integrationId: () =>
      p.manyToOne(IntegrationEntity).mapToPk().fieldName('integration_id').primary(),
    contractExternalId: p.text().primary(),
    serviceExternalId: p.text().primary(),
    lineExternalId: p.text().nullable(),
    ordinal: p.integer(),
    ownership: p.text().$type<LineRecord['ownership']>(),
    baselineUnits: p.integer(),
    confirmedUnits: p.integer().nullable(),
    confirmedDay: p.text().$type<Day>().nullable(),
    unsettledKey: p.text().nullable(),
    lapsedInARow: p.integer().fieldName('lapsed_in_a_row'),
  },
})

/** One row of `line_record`. */
export type LineRecordRow = InferEntity<typeof LineRecordEntity>
