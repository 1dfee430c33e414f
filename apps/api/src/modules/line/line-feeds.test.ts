import { afterEach, beforeEach, expect, test } from 'vitest'
import { mapCustomers } from '../../../test/kit/map-customers.ts'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'
import { AccountMappingEntity } from '../mapping/account-mapping.entity.ts'
import { ServiceMappingEntity } from '../mapping/service-mapping.entity.ts'
import { TenantEntity } from '../tenant/tenant.entity.ts'
import { readLineFeeds, type UnfedBecause } from './line-feeds.ts'

let practice: Practice
/** A line that a mapping feeds. */
let line: { tenantId: string; contractId: string; serviceId: string }

const em = () => practice.trueup.app.services.orm.em.fork()

beforeEach(async () => {
  practice = await startPractice('sqlite', { virtualServers: 4, devices: 40 })
  const [customer] = await mapCustomers(practice)
  const tenantId = customer?.tenantId ?? ''
  const mapping = await em().findOneOrFail(AccountMappingEntity, { tenant: tenantId })
  const service = await em().findOneOrFail(ServiceMappingEntity, {
    integrationId: practice.integrationId,
    application: { unit: 'DEVICE' },
  })
  line = { tenantId, contractId: mapping.contract?.id ?? '', serviceId: service.service.id }
})
afterEach(() => practice.close())

async function whyUnfed(changed: Partial<typeof line> = {}): Promise<UnfedBecause | null> {
  const integration = await em().findOneOrFail(IntegrationEntity, { id: practice.integrationId })
  return (await readLineFeeds(em(), integration)).whyUnfed({ ...line, ...changed })
}

test('a line is fed by the mapping of its tenant, on the contract that is chosen now', async () => {
  expect(await whyUnfed()).toBeNull()
  expect(await whyUnfed({ contractId: 'an earlier one' })).toBe('ANOTHER_CONTRACT')
  expect(await whyUnfed({ contractId: 'an earlier one', tenantId: 'nobody' })).toBe('UNMAPPED')
})

test.each([
  ['whose billing is off', 'BILLING_OFF', { billingEnabled: false }],
  ['without an account', 'UNMAPPED', { billingEnabled: false, account: null, contract: null }],
] as const)('a line of a tenant %s is not fed', async (_what, because, change) => {
  await em().nativeUpdate(AccountMappingEntity, { tenant: line.tenantId }, change)
  expect(await whyUnfed()).toBe(because)
})

test('a line of a tenant that is gone is not fed, although its mapping stays', async () => {
  await em().nativeUpdate(TenantEntity, { id: line.tenantId }, { isPresent: false })
  expect(await whyUnfed()).toBe('TENANT_GONE')
})

test('a line of a service that no application is mapped to any more is not fed', async () => {
  await em().nativeDelete(ServiceMappingEntity, { service: line.serviceId })
  expect(await whyUnfed()).toBe('SERVICE_UNMAPPED')
})

test('a mapping that only sleeps as the proposal for categories feeds nothing', async () => {
  const { integrationId: id } = practice
  await em().nativeUpdate(IntegrationEntity, { id }, { billDevicesByCategory: true })
  expect(await whyUnfed()).toBe('SERVICE_UNMAPPED')
})
