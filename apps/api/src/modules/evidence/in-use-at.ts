import type { FilterQuery } from '@mikro-orm/core'
import type { DeviceUseRow } from './device-use.entity.ts'

/** A condition: in use in that snapshot. Snapshot ids rise with time. */
export function inUseAt(snapshotId: string): FilterQuery<DeviceUseRow> & object {
  return {
    since: { $lte: snapshotId },
    $or: [{ until: null }, { until: { $gt: snapshotId } }],
  }
}
