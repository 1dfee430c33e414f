import type { UsageReading } from '@trueup/core'
import type { Em } from '../../database/orm.ts'
import { toNameColumns } from '../../database/search-text.ts'
import { fieldSubject, toProblem, type Problem } from '../../problems.ts'
import { TenantEntity } from '../tenant/tenant.entity.ts'

/** A workspace that a report now calls differently. Reports know companies by nothing but their names. */
export interface TenantRename {
  readonly from: string
  readonly to: string
}

/**
 * Gives known workspaces the names they have in a report, with everything that hangs on them: mapping, readings, history. Says which
 * renames cannot be; then nothing may be stored.
 */
export async function renameTenants(
  em: Em,
  integrationId: string,
  asked: { readonly renames: readonly TenantRename[]; readonly reading: UsageReading },
): Promise<Problem[]> {
  const { renames, reading } = asked
  const listed = new Set<string>(reading.tenants.map(({ id }) => id))
  const problems: Problem[] = []
  for (const [index, { from, to }] of renames.entries()) {
    const known = await em.find(TenantEntity, { integrationId, externalId: { $in: [from, to] } })
    const [row] = known
    const isPossible = known.length === 1 && row?.externalId === from
    if (!isPossible || listed.has(from) || !listed.has(to)) {
      const subject = fieldSubject(`renames[${index}]`, 'New name')
      problems.push(toProblem('REPORT_RENAME_IMPOSSIBLE', subject, { from, to }))
      continue
    }
    await em.nativeUpdate(TenantEntity, { id: row.id }, { externalId: to, ...toNameColumns(to) })
    em.clear()
  }
  return problems
}
