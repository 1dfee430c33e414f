import type { TenantId, TenantListing } from '@trueup/core'
import { inTransaction } from '../../src/database/transaction.ts'
import { storeTenants } from '../../src/modules/tenant/store-tenants.ts'
import type { TestApp } from './start-test-app.ts'

/** Connections that lead nowhere, for tests that never connect. */
export const CONNECTIONS_TO_NOWHERE = {
  autotask: {
    url: 'https://autotask.example/atservicesrest/',
    userName: 'api@customer.example',
    secret: 'the autotask secret',
    integrationCode: 'the integration code',
  },
  securityCenter: {
    url: 'https://ksc.example:13299',
    user: 'trueup',
    password: 'the ksc password',
    certificateSha256: 'AB'.repeat(32),
  },
}

/** Stores an integration; returns its id. */
export async function createIntegration(trueup: TestApp, input: object): Promise<string> {
  const { data } = await trueup.ask<{
    createIntegration: { integration: { id: string } | null; problems: object[] }
  }>(
    `mutation($input: CreateIntegrationInput!) {
      createIntegration(input: $input) { integration { id } problems { code } } }`,
    { input: { timeZone: 'Europe/Berlin', ...input } },
  )
  const { integration, problems } = data.createIntegration
  if (integration === null) throw new Error(`not created: ${JSON.stringify(problems)}`)
  return integration.id
}

/** Stores an integration that is connected to nothing; returns its id. */
export function storeIntegration(trueup: TestApp, name = 'Nowhere'): Promise<string> {
  return createIntegration(trueup, { name, ...CONNECTIONS_TO_NOWHERE })
}

/** Lists tenants of these names as if the Kaspersky side had been read; their ids there are the names. */
export async function listTenants(
  trueup: TestApp,
  integrationId: string,
  names: readonly string[],
): Promise<void> {
  const tenants = names.map((name): TenantListing => ({
    id: name as TenantId,
    kind: 'VIRTUAL_SERVER',
    name,
    isEnabled: true,
  }))
  await inTransaction(trueup.app.services.orm, (em) =>
    storeTenants(em, integrationId, { tenants, at: new Date(trueup.clock.nowMs()) }),
  )
}
