import type { Em } from '../../database/orm.ts'
import { foldCase } from '../../database/search-text.ts'
import { IntegrationEntity, type IntegrationRow } from '../integration/integration.entity.ts'

/** The integration meant, or why that is not clear. */
export type FoundIntegration =
  | { readonly integration: IntegrationRow }
  | { readonly reason: string }

/** Finds an integration of licence reports by id or name; without either, the only one there is. */
export async function findReportIntegration(
  em: Em,
  wanted: string | null,
): Promise<FoundIntegration> {
  const all = await em.find(
    IntegrationEntity,
    { source: 'LICENCE_REPORT' },
    { orderBy: { nameKey: 'asc' } },
  )
  const [only, ...others] =
    wanted === null
      ? all
      : all.filter(({ id, nameKey }) => id === wanted || nameKey === foldCase(wanted.trim()))
  if (only !== undefined && others.length === 0) return { integration: only }
  const names = all.map(({ name }) => `“${name}”`).join(', ')
  if (all.length === 0) return { reason: 'There is no integration of the source licence report.' }
  return {
    reason:
      wanted === null
        ? `Say for which integration with --integration: ${names}.`
        : `No integration of licence reports is called “${wanted}”. There are: ${names}.`,
  }
}
