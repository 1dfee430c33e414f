import type { AutotaskEvent } from '@trueup/autotask'
import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import { IntegrationEntity } from '../integration/integration.entity.ts'

/** Why Autotask makes an integration wait. */
export type WaitReason = Extract<AutotaskEvent, { readonly kind: 'WAITING' }>['reason']

/** That an integration waits for Autotask, and until when. At most one row each; it goes when the work goes on. */
export const AutotaskWaitEntity = defineEntity({
  name: 'AutotaskWait',
  tableName: 'autotask_wait',
  properties: {
    integrationId: () =>
      p.manyToOne(IntegrationEntity).mapToPk().fieldName('integration_id').primary(),
    until: p.datetime(3),
    reason: p.text().$type<WaitReason>(),
  },
})

/** One row of `autotask_wait`. */
export type AutotaskWaitRow = InferEntity<typeof AutotaskWaitEntity>
