import type { Day } from '@trueup/core'
import { dayAt } from '../../calendar.ts'
import type { RequestContext } from '../../context.ts'
import { notFound } from '../../errors.ts'

/** Today in the integration's time zone. Throws NOT_FOUND when there is no such integration. */
export async function readToday(
  { loaders, services }: RequestContext,
  integrationId: string,
): Promise<Day> {
  const integration = await loaders.integration.load(integrationId)
  if (integration === null) throw notFound('integration', integrationId)
  return dayAt(services.clock.nowMs(), integration.timeZone)
}
