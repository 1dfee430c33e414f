import type { FilterQuery } from '@mikro-orm/core'
import type { Em } from '../../database/orm.ts'
import { byName } from '../../graphql/name-order.ts'
import { mapPage, readPage, type Page, type PageRequest } from '../../graphql/page.ts'
import type { UsageSnapshotRow } from '../usage/usage-snapshot.entity.ts'
import { changeOf } from './device-use-filter.ts'
import { DeviceUseEntity, type DeviceUseRow } from './device-use.entity.ts'
import type { DeviceUseType } from './evidence.type.ts'
import type { Evidence } from './find-evidence.ts'

/** Reads one page of uses in the order of their devices' names, with all that is shown of them, in one SQL query. */
export async function readUses(
  em: Em,
  query: {
    readonly where: FilterQuery<DeviceUseRow>
    readonly evidence: Pick<Evidence, 'snapshot' | 'since'>
  },
  request: PageRequest,
): Promise<Page<DeviceUseType>> {
  const { where, evidence } = query
  const order = byName<DeviceUseRow>('NAME_ASC')
  const populate = ['application', 'joined', 'until']
  const page = await readPage(em, { entity: DeviceUseEntity, where, order, populate }, request)
  return mapPage(page, (row) => {
    const change = changeOf(row, evidence)
    return {
      id: row.id,
      deviceId: row.deviceId,
      name: row.name,
      application: row.application.unwrap(),
      category: row.category === 'UNKNOWN' ? null : row.category,
      operatingSystem: row.operatingSystem,
      keys: row.keys,
      joinedDay: toSnapshot(row.joined).usageDay,
      // What happened after the reading had not happened then.
      leftDay: change === 'LEFT' && row.until !== null ? toSnapshot(row.until).usageDay : null,
      change,
    }
  })
}

function toSnapshot(reference: DeviceUseRow['joined']): UsageSnapshotRow {
  return reference.unwrap() as UsageSnapshotRow
}
