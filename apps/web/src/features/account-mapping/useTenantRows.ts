import { computed, type ComputedRef } from 'vue'
import { usePages } from '../../composables/usePages.ts'
import {
  MappedTenantsDocument,
  type MappedTenantFragment,
  type TenantFilter,
} from '../../gql/graphql.ts'
import type { Failure } from '../problem/failure.ts'
import type { MappingDrafts } from './useMappingDrafts.ts'

/** What the table is asked to show. */
export interface TenantView {
  readonly integrationId: string
  readonly search: string
  /** `all`, `unmapped`, `billed`, or `staged` for the rows that are not saved yet. */
  readonly show: string
}

/** The rows of the Accounts table. */
export interface TenantRows {
  readonly rows: ComputedRef<readonly MappedTenantFragment[]>
  readonly totalCount: ComputedRef<number>
  readonly hasMore: ComputedRef<boolean>
  readonly loading: ComputedRef<boolean>
  readonly failure: ComputedRef<Failure | null>
  readonly loadMore: () => Promise<void>
  readonly reload: () => Promise<void>
}

const filters: Readonly<Record<string, TenantFilter>> = {
  unmapped: { mapped: false },
  billed: { billingEnabled: true },
}

/** Rows come from the server page by page; those not saved yet are at hand already. */
export function useTenantRows(view: () => TenantView, drafts: MappingDrafts): TenantRows {
  const isStaged = computed(() => view().show === 'staged')
  const pages = usePages(
    MappedTenantsDocument,
    () => {
      const { integrationId, search, show } = view()
      const filter = { ...filters[show], ...(search === '' ? {} : { nameContains: search }) }
      return { integrationId, first: 100, filter }
    },
    (data) => data.tenants,
    { enabled: () => !isStaged.value },
  )
  /** Those that were refused come first. */
  const staged = computed(() => {
    const { byRow } = drafts.problems.value
    const part = view().search.toLowerCase()
    return [...drafts.drafts.values()]
      .map(({ tenant }) => tenant)
      .filter(({ name }) => name.toLowerCase().includes(part))
      .toSorted((a, b) => Number(byRow.has(b.id)) - Number(byRow.has(a.id)))
  })
  return {
    rows: computed(() => (isStaged.value ? staged.value : pages.nodes.value)),
    totalCount: computed(() => (isStaged.value ? staged.value.length : pages.totalCount.value)),
    hasMore: computed(() => !isStaged.value && pages.hasMore.value),
    loading: computed(() => !isStaged.value && pages.loading.value),
    failure: pages.failure,
    loadMore: pages.loadMore,
    reload: pages.reload,
  }
}
