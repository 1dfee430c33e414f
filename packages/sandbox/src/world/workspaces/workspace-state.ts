import type { Day } from '../../calendar.ts'
import { notFound } from '../../wrong-input.ts'

/** What one unit of a cloud licence is. */
export type LicenceUnit = 'device' | 'user' | 'mailbox'

/** One licence of one company's workspace, as the console lists it. */
export interface WorkspaceLicence {
  readonly id: string
  readonly application: string
  readonly unit: LicenceUnit
  readonly type: 'commercial' | 'subscription' | 'trial'
  /** Devices, users or mailboxes that use it. */
  readonly used: number
  /** Units bought. */
  readonly limit: number
  /** Stopped by the provider; what has passed its last day is expired besides. */
  readonly paused: boolean
  /** The last day on which it is valid; null: no end. */
  readonly expiresOn: Day | null
}

/** A company of the cloud console with its workspace: one customer. */
export interface Workspace {
  readonly id: string
  readonly company: string
  readonly registeredOn: Day
  readonly licences: readonly WorkspaceLicence[]
}

/** The cloud side of the world. */
export interface WorkspaceState {
  workspaces: Workspace[]
}

/** What a licence is on a day. */
export type LicenceStatus = 'active' | 'expired' | 'paused'

/** The status of a licence on a day. */
export function statusOn(licence: WorkspaceLicence, day: Day): LicenceStatus {
  if (licence.expiresOn !== null && licence.expiresOn < day) return 'expired'
  return licence.paused ? 'paused' : 'active'
}

/** How much of an application one company truly uses. */
export interface WorkspaceCount {
  workspaceId: string
  company: string
  application: string
  unit: LicenceUnit
  used: number
}

/**
 * The true usage of every workspace on a day: the sum over its active commercial and subscription licences of each
 * application. Sorted by company and application.
 */
export function workspaceTruth({ workspaces }: WorkspaceState, day: Day): WorkspaceCount[] {
  const counts = new Map<string, WorkspaceCount>()
  for (const { id, company, licences } of workspaces) {
    for (const licence of licences) {
      if (licence.type === 'trial' || statusOn(licence, day) !== 'active') continue
      const { application, unit, used } = licence
      const slot = `${id}\n${application}`
      const before = counts.get(slot)?.used ?? 0
      counts.set(slot, { workspaceId: id, company, application, unit, used: before + used })
    }
  }
  return [...counts.values()].toSorted(
    (one, other) =>
      Number(one.company > other.company) - Number(one.company < other.company) ||
      Number(one.application > other.application) - Number(one.application < other.application),
  )
}

/** What `POST /workspace-usage` sets. */
export interface WorkspaceUsageChange {
  /** Id or company name. */
  workspace: string
  application: string
  used: number
}

/**
 * Sets what a company uses of an application on a day: its first counted licence gets the whole number, others of the
 * same application nothing. Throws a WrongInput when there is no such company or counted licence.
 */
export function setWorkspaceUsage(
  state: WorkspaceState,
  { workspace: wanted, application, used }: WorkspaceUsageChange,
  day: Day,
): void {
  const workspace = findWorkspace(state, wanted)
  const active = workspace.licences.filter(
    (one) => one.type !== 'trial' && statusOn(one, day) === 'active',
  )
  const counted = active.filter((one) => one.application === application)
  if (counted.length === 0) {
    const names = new Set(active.map((one) => one.application))
    throw notFound(`active licence of "${workspace.company}" for`, application, [...names])
  }
  const licences = workspace.licences.map((licence) => {
    if (!counted.includes(licence)) return licence
    return { ...licence, used: licence === counted[0] ? used : 0 }
  })
  state.workspaces = state.workspaces.map((one) =>
    one === workspace ? { ...workspace, licences } : one,
  )
}

/** A company of the cloud console by id or name; throws a WrongInput with all names when there is none. */
export function findWorkspace(state: WorkspaceState, wanted: string): Workspace {
  const found = state.workspaces.find((one) => one.id === wanted || one.company === wanted)
  if (found) return found
  const names = state.workspaces.map((one) => one.company)
  throw notFound('workspace', wanted, names)
}
