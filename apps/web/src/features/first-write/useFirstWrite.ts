import { useQuery } from '@vue/apollo-composable'
import { computed, type ComputedRef, ref, watch } from 'vue'
import { FirstWriteDocument, type FirstWriteQuery } from '../../gql/graphql.ts'
import { type Failure, toFailure } from '../problem/failure.ts'

const pollIntervalMs = 1500

/** Where the first write stands, followed while one goes on. */
export interface FollowedFirstWrite {
  readonly standing: ComputedRef<FirstWriteQuery['firstWrite']>
  /** One is under way. */
  readonly isMoving: ComputedRef<boolean>
  readonly failure: ComputedRef<Failure | null>
  reload(): Promise<void>
}

/** Asks once, and every second and a half while a first write is under way. */
export function useFirstWrite(integrationId: () => string): FollowedFirstWrite {
  const pollInterval = ref(0)
  const { result, error, refetch } = useQuery(
    FirstWriteDocument,
    () => ({ integrationId: integrationId() }),
    () => ({ pollInterval: pollInterval.value, fetchPolicy: 'cache-and-network' }),
  )
  const standing = computed(() => result.value?.firstWrite ?? null)
  const isMoving = computed(() => (standing.value?.attempt?.progress ?? 'ENDED') !== 'ENDED')
  watch(isMoving, (moving) => (pollInterval.value = moving ? pollIntervalMs : 0), {
    immediate: true,
  })
  return {
    standing,
    isMoving,
    failure: computed(() => (error.value ? toFailure(error.value) : null)),
    reload: async () => {
      await refetch()?.catch(() => undefined)
    },
  }
}
