import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import { BillingRunEntity } from '../run/billing-run.entity.ts'

/** Everything a run's plan followed from, so that its day can be computed again. Deleted when it is old. */
export const RunInputEntity = defineEntity({
  name: 'RunInput',
  tableName: 'run_input',
  properties: {
    runId: () =>
      p
        .manyToOne(BillingRunEntity)
        .mapToPk()
        .fieldName('run_id')
        .primary()
        .deleteRule('no action')
        .updateRule('no action'),
    storedAt: p.datetime(3),
    /** Core's `ENGINE_VERSION` when the plan was made. */
    engine: p.text(),
    /** Compressed JSON; see `pack-input.ts`. */
    body: p.blob(),
  },
})

/** One row of `run_input`. */
export type RunInputRow = InferEntity<typeof RunInputEntity>
