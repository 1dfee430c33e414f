import { ENGINE_VERSION, type ReplayInput } from '@trueup/core'
import type { Em } from '../../database/orm.ts'
import type { BillingRunRow } from '../run/billing-run.entity.ts'
import { packInput } from './pack-input.ts'
import { RunInputEntity } from './run-input.entity.ts'

/** For how many days a run can be computed again: a year and the month in which it is asked about. */
export const REPLAY_DAYS = 400
const MS_PER_DAY = 86_400_000

/**
 * Stores what a run's plan followed from, in the transaction that stores the plan, and forgets what is too old. A preview
 * is not kept: it posts nothing, and the run that follows says the same.
 */
export async function storeRunInput(
  em: Em,
  run: BillingRunRow,
  { input, at }: { readonly input: ReplayInput; readonly at: Date },
): Promise<void> {
  if (run.mode !== 'RUN') return
  const body = await packInput(input)
  const oldest = new Date(at.getTime() - REPLAY_DAYS * MS_PER_DAY)
  await em.nativeDelete(RunInputEntity, { storedAt: { $lt: oldest } })
  await em.insert(RunInputEntity, { runId: run.id, storedAt: at, engine: ENGINE_VERSION, body })
}
