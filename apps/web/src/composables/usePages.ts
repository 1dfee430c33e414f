import type { OperationVariables } from '@apollo/client/core'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { useQuery } from '@vue/apollo-composable'
import { computed, type ComputedRef, ref, type Ref } from 'vue'
import { type Failure, toFailure } from '../features/problem/failure.ts'

/** A connection as the pages ask for it. */
export interface Connection<Node> {
  readonly totalCount: number
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null }
  readonly nodes: readonly Node[]
}

/** What usePages() gives: the nodes loaded so far, and the way to more. */
export interface Pages<Node, Data> {
  readonly nodes: ComputedRef<readonly Node[]>
  readonly totalCount: ComputedRef<number>
  readonly hasMore: ComputedRef<boolean>
  readonly loading: Ref<boolean>
  readonly failure: ComputedRef<Failure | null>
  readonly data: ComputedRef<Data | null>
  readonly loadMore: () => Promise<void>
  readonly reload: () => Promise<void>
}

/** How a connection is asked for. */
export interface PagesOptions {
  /** Not asked while false. */
  readonly enabled?: () => boolean
  /** Asks anew so often, as long as only the first page is loaded: more pages would be thrown away. */
  readonly pollIntervalMs?: number
}

/**
 * Follows a connection page by page. New variables start over; while they load, the old rows stay.
 * `pick` finds the connection in the answer.
 */
export function usePages<Node, Data, Variables extends OperationVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: () => Variables,
  pick: (data: Data) => Connection<Node> | null | undefined,
  options: PagesOptions = {},
): Pages<Node, Data> {
  const isGrown = ref(false)
  const query = useQuery(document, variables, () => ({
    enabled: options.enabled?.() ?? true,
    pollInterval: isGrown.value ? 0 : (options.pollIntervalMs ?? 0),
    keepPreviousResult: true,
    fetchPolicy: 'cache-and-network',
  }))
  const data = computed(() => query.result.value ?? null)
  const connection = computed(() => (data.value === null ? null : (pick(data.value) ?? null)))
  const loadingMore = ref(false)
  const moreFailure = ref<Failure | null>(null)

  async function loadMore(): Promise<void> {
    const page = connection.value?.pageInfo
    if (page === undefined || !page.hasNextPage || loadingMore.value || query.loading.value) return
    loadingMore.value = true
    isGrown.value = true
    moreFailure.value = null
    try {
      await query.fetchMore({ variables: { ...variables(), after: page.endCursor ?? null } })
    } catch (error) {
      moreFailure.value = toFailure(error)
    } finally {
      loadingMore.value = false
    }
  }

  async function reload(): Promise<void> {
    isGrown.value = false
    // A refusal shows itself through query.error; here it would only be told twice.
    await query.refetch()?.catch(() => undefined)
  }

  return {
    nodes: computed(() => connection.value?.nodes ?? []),
    totalCount: computed(() => connection.value?.totalCount ?? 0),
    hasMore: computed(() => connection.value?.pageInfo.hasNextPage ?? false),
    loading: query.loading,
    failure: computed(() => (query.error.value ? toFailure(query.error.value) : moreFailure.value)),
    data,
    loadMore,
    reload,
  }
}
