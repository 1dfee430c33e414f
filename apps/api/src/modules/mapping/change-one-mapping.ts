import type { Services } from '../../context.ts'
import { fieldSubject, toProblem } from '../../problems.ts'
import type { ViewerIdentity } from '../viewer/viewer.ts'
import { AccountMappingEntity } from './account-mapping.entity.ts'
import type { WantedMapping } from './mapping-facts.ts'
import { saveAccountMappings, type SaveAccountMappingsOutcome } from './save-account-mappings.ts'

/** What changes of one tenant's mapping; what is left out stays. */
export interface MappingChange {
  readonly tenantId: string
  /** The version somebody saw. */
  readonly version: number
  readonly changes: Partial<Omit<WantedMapping, 'tenantId' | 'version'>>
}

/** Changes one tenant's mapping by the rules of the save of many. Changes no units. */
export async function changeOneMapping(
  services: Services,
  viewer: ViewerIdentity,
  change: MappingChange,
): Promise<SaveAccountMappingsOutcome> {
  const { tenantId, version, changes } = change
  const mapping = await services.orm.em.fork().findOne(AccountMappingEntity, { tenant: tenantId })
  if (mapping === null)
    return {
      mappings: null,
      problems: [toProblem('TENANT_NOT_FOUND', fieldSubject('tenantId', 'Tenant'), { tenantId })],
    }
  return saveAccountMappings(services, viewer, {
    integrationId: mapping.integrationId,
    pathOf: () => '',
    rows: [
      {
        tenantId,
        version,
        accountId: mapping.account?.id ?? null,
        contractId: mapping.contract?.id ?? null,
        billingEnabled: mapping.billingEnabled,
        effectiveDatePolicy: mapping.effectiveDatePolicy,
        ...changes,
      },
    ],
  })
}
