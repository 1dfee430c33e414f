import type { Services } from '../../context.ts'
import type { Em } from '../../database/orm.ts'
import type { IntegrationOutcome } from '../integration/create-integration.ts'
import { changeIntegration } from '../integration/update-integration.ts'
import type { ViewerIdentity } from '../viewer/viewer.ts'
import {
  ServiceMappingEntity,
  WHOLE_APPLICATION,
  type ServiceMappingRow,
} from './service-mapping.entity.ts'

/**
 * Turns billing by category on or off (product.md, rule 24). On: each device application's single mapping goes to sleep
 * and stays as the proposal for its three categories. Off: the workstation's mapping becomes the single one; where there
 * is none, the sleeping one wakes up again.
 */
export async function setBillDevicesByCategory(
  services: Services,
  viewer: ViewerIdentity,
  request: { readonly integrationId: string; readonly version: number; readonly enabled: boolean },
): Promise<IntegrationOutcome> {
  const { integrationId, version, enabled } = request
  return changeIntegration(services, viewer, {
    id: integrationId,
    version,
    action: 'BILL_DEVICES_BY_CATEGORY_CHANGED',
    changes: { billDevicesByCategory: enabled },
    along: enabled ? undefined : (em, at) => keepWorkstations(em, integrationId, at),
  })
}

async function keepWorkstations(em: Em, integrationId: string, at: Date): Promise<void> {
  const mappings = await em.find(ServiceMappingEntity, { integrationId })
  const byApplication = Map.groupBy(mappings, (mapping) => mapping.application.id)
  for (const [application, siblings] of byApplication) {
    const split = siblings.filter((mapping) => mapping.categoryKey !== WHOLE_APPLICATION)
    const workstation = split.find((mapping) => mapping.categoryKey === 'WINDOWS_WORKSTATION')
    const whole = siblings.find((mapping) => mapping.categoryKey === WHOLE_APPLICATION)
    for (const mapping of split) em.remove(mapping)
    if (workstation !== undefined) takeOver(em, { application, workstation, whole, at })
  }
  await em.flush()
}

function takeOver(
  em: Em,
  facts: {
    readonly application: string
    readonly workstation: ServiceMappingRow
    readonly whole: ServiceMappingRow | undefined
    readonly at: Date
  },
): void {
  const { application, workstation, whole, at } = facts
  const { counting, integrationId } = workstation
  const service = workstation.service.id
  if (whole !== undefined) {
    em.assign(whole, { service, counting, version: whole.version + 1, updatedAt: at })
    return
  }
  em.create(ServiceMappingEntity, {
    integrationId,
    version: 1,
    application,
    categoryKey: WHOLE_APPLICATION,
    service,
    counting,
    updatedAt: at,
  })
}
