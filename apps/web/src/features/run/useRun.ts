import { useQuery } from '@vue/apollo-composable'
import { computed, type ComputedRef, type Ref, ref, watch } from 'vue'
import { BillingRunDocument, type BillingRunQuery } from '../../gql/graphql.ts'
import { type Failure, toFailure } from '../problem/failure.ts'
import { isMoving } from './run-words.ts'

const pollIntervalMs = 1500

/** One run, followed while it goes on. */
export interface FollowedRun {
  readonly run: ComputedRef<BillingRunQuery['billingRun']>
  readonly loading: Ref<boolean>
  readonly failure: ComputedRef<Failure | null>
  /** Goes up when the run has come further, so that its lines are worth asking for again. */
  readonly progress: Ref<number>
  reload(): Promise<void>
}

/** Asks every second and a half while the run is moving, and once more when it has stopped. */
export function useRun(id: () => string): FollowedRun {
  const pollInterval = ref(0)
  const { result, loading, error, refetch } = useQuery(
    BillingRunDocument,
    () => ({ id: id() }),
    () => ({
      pollInterval: pollInterval.value,
      fetchPolicy: 'cache-and-network',
    }),
  )
  const run = computed(() => result.value?.billingRun ?? null)
  const progress = ref(0)

  watch(
    () => run.value?.status,
    (status) => {
      pollInterval.value = isMoving(status) ? pollIntervalMs : 0
    },
    { immediate: true },
  )
  watch(
    () => JSON.stringify([run.value?.status, run.value?.totals]),
    (_now, before) => {
      if (before !== JSON.stringify([undefined, undefined])) progress.value += 1
    },
  )

  return {
    run,
    loading,
    failure: computed(() => (error.value ? toFailure(error.value) : null)),
    progress,
    reload: async () => {
      await refetch()?.catch(() => undefined)
    },
  }
}
