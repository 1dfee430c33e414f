import { useApolloClient, useQuery } from '@vue/apollo-composable'
import { computed, type ComputedRef } from 'vue'
import { WaitingAdjustmentsDocument } from '../../gql/graphql.ts'

const pageSize = 100
/** Two hundred pages are more lines than a run has; beyond that something is wrong with the cursor. */
const mostPages = 200

/** The lines of a run that are neither decided nor held. */
export interface WaitingLines {
  readonly count: ComputedRef<number>
  recount(): Promise<void>
  /** Their ids, whether the table has loaded them or not. */
  readIds(): Promise<ReadonlySet<string>>
}

/** Asks past the cache: there, one line asked for to be counted would stand for the whole list. */
export function useWaitingLines(runId: () => string): WaitingLines {
  const { client } = useApolloClient()
  const { result, refetch } = useQuery(
    WaitingAdjustmentsDocument,
    () => ({ id: runId(), first: 1, after: null }),
    { fetchPolicy: 'no-cache' },
  )

  async function readPage(after: string | null, pagesLeft: number): Promise<readonly string[]> {
    const { data } = await client.query({
      query: WaitingAdjustmentsDocument,
      variables: { id: runId(), first: pageSize, after },
      fetchPolicy: 'no-cache',
    })
    const found = data.billingRun?.adjustments
    const ids = (found?.nodes ?? []).map(({ id }) => id)
    if (found?.pageInfo.hasNextPage !== true || pagesLeft === 1) return ids
    return [...ids, ...(await readPage(found.pageInfo.endCursor, pagesLeft - 1))]
  }

  return {
    count: computed(() => result.value?.billingRun?.adjustments.totalCount ?? 0),
    recount: async () => {
      await refetch()?.catch(() => undefined)
    },
    readIds: async () => new Set(await readPage(null, mostPages)),
  }
}
