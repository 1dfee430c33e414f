import { addMonths, type Day, type RunRequest } from '@trueup/core'
import type { Em } from '../../database/orm.ts'
import type { IntegrationRow } from '../integration/integration.entity.ts'
import { findSnapshots, readUsage } from '../usage/read-usage.ts'
import { readDecided } from './read-decided.ts'

/** The longest billing period: a rule that looks back never looks further. */
const LONGEST_PERIOD_MONTHS = 12

/** Everything a plan follows from, as it is stored now: what people decided and what was read. */
export async function readRunRequest(
  em: Em,
  integration: IntegrationRow,
  day: Day,
): Promise<RunRequest> {
  const decided = await readDecided(em, integration)
  const rules = decided.serviceMappings.map((mapping) => mapping.counting)
  const looksBack = rules.some((rule) => rule.basis !== 'CURRENT')
  const fromDay = looksBack ? addMonths(day, -LONGEST_PERIOD_MONTHS) : null
  const usage = await readUsage(em, {
    integrationId: integration.id,
    snapshots: await findSnapshots(em, integration.id, fromDay),
    withDevices: rules.some((rule) => rule.excludedDevices.length > 0),
  })
  return { day, ...decided, usage }
}
