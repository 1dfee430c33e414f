import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import type { Em } from '../../database/orm.ts'
import { inContestedTransaction } from '../../database/transaction.ts'
import { fieldSubject, toProblem, type Problem } from '../../problems.ts'
import type { ApplicationRow } from '../application/application.entity.ts'
import { recordActivities } from '../audit/record-activity.ts'
import type { TenantRow } from '../tenant/tenant.entity.ts'
import { nameActor, type ViewerIdentity } from '../viewer/viewer.ts'
import { DeviceExclusionEntity, type DeviceExclusionRow } from './device-exclusion.entity.ts'
import { DeviceUseEntity, type DeviceUseRow } from './device-use.entity.ts'

/** Which device is not to be billed for which application, and why. */
export interface ExclusionWanted {
  readonly applicationId: string
  readonly deviceId: string
  readonly reason: string
}

/** The exclusion as it stands now, or why there is none. */
export interface ExclusionOutcome {
  readonly exclusion: DeviceExclusionRow | null
  readonly problems: readonly Problem[]
}

const MOST_REASON_CHARACTERS = 500

/** Leaves a device out of the bill from the next plan on; a second reason replaces the first. Changes no units by itself. */
export async function excludeDevice(
  services: Services,
  viewer: ViewerIdentity,
  wanted: ExclusionWanted,
): Promise<ExclusionOutcome> {
  const reason = wanted.reason.trim().slice(0, MOST_REASON_CHARACTERS)
  if (reason === '') return refuse(toProblem('VALUE_MISSING', fieldSubject('reason', 'Reason')))
  const at = toInstant(services.clock)
  return inContestedTransaction(services.orm, async (em) => {
    const use = await findUse(em, wanted)
    if (use === null) return refuse(deviceNotFound(wanted.deviceId))
    const { applicationId, deviceId } = wanted
    const known = await em.findOne(DeviceExclusionEntity, { application: applicationId, deviceId })
    const before = known === null ? null : { device: known.deviceName, reason: known.reason }
    const facts = { deviceName: use.name, reason, excludedAt: at, excludedBy: nameActor(viewer) }
    const exclusion =
      known === null
        ? em.create(DeviceExclusionEntity, { application: applicationId, deviceId, ...facts })
        : em.assign(known, facts)
    await recordActivities(em, [
      {
        at,
        actor: facts.excludedBy,
        action: 'DEVICE_EXCLUDED',
        ...subjectOf(use, use.application.unwrap() as ApplicationRow),
        before,
        after: { device: use.name, reason },
      },
    ])
    return { exclusion, problems: [] }
  })
}

/** Bills a device again from the next plan on. */
export async function includeDevice(
  services: Services,
  viewer: ViewerIdentity,
  wanted: Omit<ExclusionWanted, 'reason'>,
): Promise<readonly Problem[]> {
  const { applicationId, deviceId } = wanted
  return inContestedTransaction(services.orm, async (em) => {
    const known = await em.findOne(
      DeviceExclusionEntity,
      { application: applicationId, deviceId },
      { populate: ['application'] },
    )
    if (known === null) return [deviceNotFound(deviceId)]
    em.remove(known)
    await recordActivities(em, [
      {
        at: toInstant(services.clock),
        actor: nameActor(viewer),
        action: 'DEVICE_INCLUDED',
        ...subjectOf(await findUse(em, wanted), known.application.unwrap() as ApplicationRow),
        before: { device: known.deviceName, reason: known.reason },
        after: null,
      },
    ])
    return []
  })
}

/** The newest use: names the device, its tenant and its integration. */
async function findUse(
  em: Em,
  { applicationId, deviceId }: Omit<ExclusionWanted, 'reason'>,
): Promise<DeviceUseRow | null> {
  return em.findOne(
    DeviceUseEntity,
    { application: applicationId, deviceId },
    { orderBy: { id: 'desc' }, populate: ['tenant', 'application'] },
  )
}

/** The tenant whose device it is; for a device that no reading has shown, the application. */
function subjectOf(use: DeviceUseRow | null, application: ApplicationRow) {
  const kind = use === null ? 'APPLICATION' : 'TENANT'
  const { id, name, integrationId } =
    use === null ? application : (use.tenant.unwrap() as TenantRow)
  return { integrationId, subject: { kind, id, name } } as const
}

function deviceNotFound(deviceId: string): Problem {
  return toProblem('DEVICE_NOT_FOUND', fieldSubject('deviceId', 'Device'), { deviceId })
}

function refuse(problem: Problem): ExclusionOutcome {
  return { exclusion: null, problems: [problem] }
}
