import type { Em } from '../../database/orm.ts'
import { isMappedByCategory, splitByForce } from '../application/mappings-in-force.ts'
import type { IntegrationRow } from '../integration/integration.entity.ts'
import { AccountMappingEntity, type AccountMappingRow } from '../mapping/account-mapping.entity.ts'
import { ServiceMappingEntity } from '../mapping/service-mapping.entity.ts'

/** Why no mapping feeds a line any more. */
export type UnfedBecause =
  | 'TENANT_GONE'
  | 'UNMAPPED'
  | 'BILLING_OFF'
  | 'ANOTHER_CONTRACT'
  | 'SERVICE_UNMAPPED'

/** Says of a line whether runs bill it. */
export interface LineFeeds {
  /** `null` when a mapping feeds it. */
  whyUnfed(line: {
    readonly tenantId: string
    readonly contractId: string
    readonly serviceId: string
  }): UnfedBecause | null
}

/** Reads what is mapped now, in two queries. */
export async function readLineFeeds(em: Em, integration: IntegrationRow): Promise<LineFeeds> {
  const integrationId = integration.id
  const mappings = await em.find(
    AccountMappingEntity,
    { integrationId },
    { populate: ['tenant'], refresh: true },
  )
  const services = await readServicesInForce(em, integration)
  const ofTenant = new Map(mappings.map((mapping) => [mapping.tenant.id, mapping]))
  const fed = new Set(mappings.filter(isBilled).map(({ contract }) => contract?.id))
  return {
    whyUnfed: ({ tenantId, contractId, serviceId }) => {
      if (fed.has(contractId)) return services.has(serviceId) ? null : 'SERVICE_UNMAPPED'
      return whyNotBilled(ofTenant.get(tenantId) ?? null)
    },
  }
}

function isBilled(mapping: AccountMappingRow): boolean {
  return mapping.account !== null && mapping.billingEnabled && mapping.tenant.unwrap().isPresent
}

function whyNotBilled(mapping: AccountMappingRow | null): UnfedBecause {
  if (mapping === null || mapping.account === null) return 'UNMAPPED'
  if (!mapping.tenant.unwrap().isPresent) return 'TENANT_GONE'
  return mapping.billingEnabled ? 'ANOTHER_CONTRACT' : 'BILLING_OFF'
}

async function readServicesInForce(
  em: Em,
  integration: IntegrationRow,
): Promise<ReadonlySet<string>> {
  const rows = await em.find(
    ServiceMappingEntity,
    { integrationId: integration.id },
    { populate: ['application'], refresh: true },
  )
  const byApplication = Map.groupBy(rows, (row) => row.application.id)
  const inForce = [...byApplication.values()].flatMap((mappings) => {
    const [first] = mappings
    if (first === undefined) return []
    return splitByForce(mappings, isMappedByCategory(first.application.unwrap(), integration))
      .inForce
  })
  return new Set(inForce.map((row) => row.service.id))
}
