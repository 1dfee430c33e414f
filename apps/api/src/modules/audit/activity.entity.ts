import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import type { Subject } from '@trueup/core'
import { newId } from '../../database/id.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'

/** One change: who, when, before, after. Rows are only ever added (product.md, rule 26). */
export const ActivityEntity = defineEntity({
  name: 'Activity',
  tableName: 'activity',
  properties: {
    id: p.text().primary().onCreate(newId),
    integrationId: () =>
      p
        .manyToOne(IntegrationEntity)
        .mapToPk()
        .fieldName('integration_id')
        .strictNullable()
        .deleteRule('restrict'),
    at: p.datetime(3),
    actor: p.text(),
    action: p.text(),
    subjectKind: p.text().$type<Subject['kind']>(),
    subjectId: p.text(),
    subjectName: p.text(),
    before: p.text().strictNullable(),
    after: p.text().strictNullable(),
  },
  indexes: [{ properties: ['integrationId', 'id'] }],
})

/** One row of `activity`. */
export type ActivityRow = InferEntity<typeof ActivityEntity>
