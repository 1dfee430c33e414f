import { useQuery } from '@vue/apollo-composable'
import { computed, type ComputedRef, type Ref } from 'vue'
import { OpenLinesDocument, type OpenLinePartsFragment } from '../../gql/graphql.ts'
import { type Failure, toFailure } from '../problem/failure.ts'

/** Lines that a person has to think about. */
export interface OpenLines {
  readonly lines: ComputedRef<readonly OpenLinePartsFragment[]>
  readonly loading: Ref<boolean>
  readonly failure: ComputedRef<Failure | null>
  reload(): Promise<void>
}

/** Asks anew whenever a page that shows them is opened. */
export function useOpenLines(integrationId: () => string): OpenLines {
  const { result, loading, error, refetch } = useQuery(
    OpenLinesDocument,
    () => ({ integrationId: integrationId() }),
    { fetchPolicy: 'cache-and-network' },
  )
  return {
    lines: computed(() => result.value?.openLines ?? []),
    loading,
    failure: computed(() => (error.value ? toFailure(error.value) : null)),
    reload: async () => {
      await refetch()?.catch(() => undefined)
    },
  }
}
