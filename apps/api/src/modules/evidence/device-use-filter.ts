import type { FilterQuery } from '@mikro-orm/core'
import type { DeviceCategory } from '@trueup/core'
import { listContains } from '../../database/list-contains.ts'
import { nameContains } from '../../database/name-contains.ts'
import type { Em } from '../../database/orm.ts'
import type { DeviceUseRow } from './device-use.entity.ts'
import type { Evidence } from './find-evidence.ts'
import { inUseAt } from './in-use-at.ts'

/** What has become of a device's use between two readings. */
export type UseChange = 'JOINED' | 'CHANGED' | 'STAYED' | 'LEFT'

/** Which uses of a tenant; what is left out does not matter. */
export interface UsesWanted {
  /** Any part of the device's name. */
  readonly nameContains?: string | null
  /** Its name. */
  readonly application?: string | null
  /** `null` among them: devices whose operating system was not reported. */
  readonly categories?: readonly (DeviceCategory | null)[] | null
  /** Serial of a key. */
  readonly key?: string | null
  /** Left out: those in use. */
  readonly changes?: readonly UseChange[] | null
}

type Reading = Pick<Evidence, 'snapshot' | 'since'>
type Condition = FilterQuery<DeviceUseRow> & object

/** The condition for rows of `device_use`: one tenant's uses in a reading, or what has changed since another one. */
export function whereUses(
  em: Em,
  tenantId: string,
  reading: Reading,
  wanted: UsesWanted,
): Condition {
  const { application = null, categories = null, key = null, changes = null } = wanted
  return {
    tenant: tenantId,
    ...(application === null ? {} : { application: { name: application } }),
    ...(categories === null
      ? {}
      : { category: { $in: categories.map((category) => category ?? 'UNKNOWN') } }),
    $and: [
      changes === null ? inUseAt(reading.snapshot.id) : whereChanged(reading, changes),
      nameContains(wanted.nameContains),
      key === null ? {} : listContains(em, 'keys', key),
    ],
  } as Condition
}

/**
 * What has become of a use that is in use in the reading or was in the earlier one; `null` where there is no earlier
 * one. A device that left and came back in between has joined.
 */
export function changeOf(row: DeviceUseRow, { snapshot, since }: Reading): UseChange | null {
  if (row.until !== null && row.until.id <= snapshot.id) return 'LEFT'
  if (since === null) return null
  if (row.joined.id > since.id) return 'JOINED'
  return row.since.id > since.id ? 'CHANGED' : 'STAYED'
}

/**
 * ```
 *   since        snapshot
 *     │     ├──────┼──   JOINED: its use began after `since`
 *   ──┼──┤├────────┼──   CHANGED: its use began before, these facts after
 *   ──┼────────────┼──   STAYED
 *   ──┼──────┤     │     LEFT: in use in `since`, ended by leaving up to `snapshot`
 * ```
 * So the uses in the reading are those in the earlier one, less those that left, plus those that joined.
 */
function whereChanged({ snapshot, since }: Reading, changes: readonly UseChange[]): Condition {
  const before = since?.id ?? ''
  const inUse = inUseAt(snapshot.id)
  const conditions: Readonly<Record<UseChange, Condition>> = {
    JOINED: { $and: [inUse, { joined: { $gt: before } }] },
    CHANGED: { $and: [inUse, { joined: { $lte: before }, since: { $gt: before } }] },
    STAYED: { $and: [inUse, { since: { $lte: before } }] },
    LEFT: { hasLeft: true, joined: { $lte: before }, until: { $gt: before, $lte: snapshot.id } },
  }
  return { $or: changes.map((change) => conditions[change]) } as Condition
}
