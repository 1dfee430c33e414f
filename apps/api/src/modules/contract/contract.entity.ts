import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import type { Day, PeriodMonths } from '@trueup/core'
import { newId } from '../../database/id.ts'
import { AutotaskAccountEntity } from '../account/account.entity.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'

/** A contract of an account, of any type; only those of type 7 can be billed on. */
export const ContractEntity = defineEntity({
  name: 'Contract',
  tableName: 'contract',
  properties: {
    id: p.text().primary().onCreate(newId),
    integrationId: () => p.manyToOne(IntegrationEntity).mapToPk().fieldName('integration_id'),
    account: () => p.manyToOne(AutotaskAccountEntity).ref(),
    externalId: p.text(),
    name: p.text(),
    nameSearch: p.text(),
    nameSort: p.text(),
    isRecurringService: p.boolean(),
    isActive: p.boolean(),
    startDay: p.text().$type<Day>(),
    /** Inclusive. */
    endDay: p.text().$type<Day>(),
    periodMonths: p.integer().$type<PeriodMonths>().strictNullable(),
    renewedAsExternalId: p.text().strictNullable(),
    isPresent: p.boolean(),
  },
  uniques: [{ properties: ['integrationId', 'externalId'] }],
  indexes: [{ properties: ['integrationId', 'nameSort', 'id'] }],
})

/** One row of `contract`. */
export type ContractRow = InferEntity<typeof ContractEntity>
