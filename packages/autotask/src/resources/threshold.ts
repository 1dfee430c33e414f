import type { Clock, ReadOptions } from '@trueup/core'
import type { RequestBudget } from '../http/budget.ts'
import type { ThresholdReading } from '../http/hour.ts'
import { THRESHOLD_CALL, type Client } from '../http/client.ts'
import { parseThreshold } from '../http/pacing.ts'

/** How many requests of the hour are used, by everybody. Counts as a request itself; teaches the budget. */
export async function readThreshold(
  parts: { readonly client: Client; readonly budget: RequestBudget; readonly clock: Clock },
  options: ReadOptions,
): Promise<ThresholdReading> {
  const { value } = await parts.client.read(THRESHOLD_CALL, options)
  const reading = parseThreshold(value)
  await parts.budget.calibrate(reading, parts.clock.nowMs())
  return reading
}
