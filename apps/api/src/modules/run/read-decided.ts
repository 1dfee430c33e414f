import type {
  AccountId,
  AccountMapping,
  ApplicationName,
  BillingSettings,
  ContractId,
  DeviceId,
  ServiceId,
  ServiceMapping,
  TenantId,
} from '@trueup/core'
import { NO_BRAKES } from '@trueup/core'
import type { Em } from '../../database/orm.ts'
import { DeviceExclusionEntity } from '../evidence/device-exclusion.entity.ts'
import type { IntegrationRow } from '../integration/integration.entity.ts'
import { AccountMappingEntity } from '../mapping/account-mapping.entity.ts'
import { ServiceMappingEntity, WHOLE_APPLICATION } from '../mapping/service-mapping.entity.ts'

/** What people decided, in core's words. */
export interface Decided {
  readonly settings: BillingSettings
  readonly accountMappings: readonly AccountMapping[]
  readonly serviceMappings: readonly ServiceMapping[]
}

/** Reads an integration's mappings and settings as core wants them, in three queries. */
export async function readDecided(em: Em, integration: IntegrationRow): Promise<Decided> {
  const accountMappings = await em.find(
    AccountMappingEntity,
    { integrationId: integration.id },
    { populate: ['tenant', 'account', 'contract'] },
  )
  const serviceMappings = await em.find(
    ServiceMappingEntity,
    { integrationId: integration.id },
    { populate: ['application', 'service'] },
  )
  const excluded = await readExcludedDevices(em, integration.id)
  return {
    settings: toSettings(integration),
    accountMappings: accountMappings.map((row) => ({
      tenant: row.tenant.$.externalId as TenantId,
      tenantName: row.tenant.$.name,
      tenantVanished: !row.tenant.$.isPresent,
      account: (row.account?.$.externalId ?? null) as AccountId | null,
      accountName: row.account?.$.name ?? null,
      billingEnabled: row.billingEnabled,
      contract: (row.contract?.$.externalId ?? null) as ContractId | null,
      effectiveDatePolicy: row.effectiveDatePolicy,
    })),
    serviceMappings: serviceMappings.map((row) => ({
      application: row.application.$.name as ApplicationName,
      unit: row.application.$.unit,
      category: row.categoryKey === WHOLE_APPLICATION ? null : row.categoryKey,
      service: row.service.$.externalId as ServiceId,
      counting: { ...row.counting, excludedDevices: excluded.get(row.application.id) ?? [] },
    })),
  }
}

/** By the application for which they are not billed. */
async function readExcludedDevices(
  em: Em,
  integrationId: string,
): Promise<ReadonlyMap<string, readonly DeviceId[]>> {
  const rows = await em.find(
    DeviceExclusionEntity,
    { application: { integrationId } },
    { orderBy: { id: 'asc' } },
  )
  const byApplication = Map.groupBy(rows, ({ application }) => application.id)
  return new Map(
    [...byApplication].map(([id, of]) => [id, of.map(({ deviceId }) => deviceId as DeviceId)]),
  )
}

function toSettings(integration: IntegrationRow): BillingSettings {
  return {
    billDevicesByCategory: integration.billDevicesByCategory,
    countUnknownAsWorkstation: integration.countUnknownAsWorkstation,
    effectiveDatePolicy: integration.effectiveDatePolicy,
    // Integrations from before a limit existed lack it.
    brakes: { ...NO_BRAKES, ...integration.brakes },
    maximumReadingAgeDays: integration.maximumReadingAgeDays,
  }
}
