import {
  runBilling,
  type ApplyMode,
  type RunEvent,
  type RunParts,
  type RunRequest,
} from '@trueup/core'
import type { Services } from '../../context.ts'
import type { IntegrationRow } from '../integration/integration.entity.ts'
import { createDatabaseJournal } from '../journal/database-journal.ts'

/** Core's run over an integration's connection and journal. Stops at the next safe point when the app closes. */
export function bill(
  services: Services,
  integration: IntegrationRow,
  request: RunRequest & { readonly apply: ApplyMode },
): AsyncGenerator<RunEvent, void> {
  return runBilling(toRunParts(services, integration), {
    ...request,
    signal: services.background.signal,
  })
}

/** What core works with for one integration. */
export function toRunParts(services: Services, integration: IntegrationRow): RunParts {
  const { orm, clock, connections, runLimits } = services
  return {
    ledger: connections.open(integration).autotask,
    journal: createDatabaseJournal({ orm, integrationId: integration.id, clock }),
    clock,
    limits: runLimits,
  }
}
