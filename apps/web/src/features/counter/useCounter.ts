import type { ApolloClient } from '@apollo/client/core'
import { useApolloClient } from '@vue/apollo-composable'
import { computed, type ComputedRef, ref, type Ref } from 'vue'
import { useAction } from '../../composables/useAction.ts'
import {
  type AfterTakeBack,
  type CounterPreviewPartsFragment,
  ReleaseDocument,
  ReleasePreviewDocument,
  TakeBackDocument,
  type TakeBackInput,
  TakeBackPreviewDocument,
} from '../../gql/graphql.ts'
import { type Failure, toFailure } from '../problem/failure.ts'
import type { ShownProblem } from '../problem/problem.ts'
import { type CounterWish, isPostable } from './counter-words.ts'

/** A take-back or release: what it comes to now, and carrying out exactly that. */
export interface Counter {
  readonly preview: Ref<CounterPreviewPartsFragment | null>
  readonly loading: Ref<boolean>
  readonly busy: ComputedRef<boolean>
  readonly failure: ComputedRef<Failure | null>
  readonly problems: ComputedRef<readonly ShownProblem[]>
  /** Reads the contracts in Autotask anew. */
  read(): Promise<void>
  /** Posts what the preview shows and nothing else; gives the run, or null when it was refused. */
  carryOut(afterwards: AfterTakeBack): Promise<string | null>
}

/** Previews `wish` and carries it out. */
export function useCounter(wish: CounterWish): Counter {
  const { client } = useApolloClient()
  const preview = ref<CounterPreviewPartsFragment | null>(null)
  const loading = ref(false)
  const readFailure = ref<Failure | null>(null)
  const takingBack = useAction(TakeBackDocument, (data) => data.takeBack.problems)
  const releasing = useAction(ReleaseDocument, (data) => data.release.problems)

  async function read(): Promise<void> {
    loading.value = true
    readFailure.value = null
    try {
      preview.value = await readPreview(client, wish)
    } catch (error) {
      readFailure.value = toFailure(error)
    } finally {
      loading.value = false
    }
  }

  async function carryOut(afterwards: AfterTakeBack): Promise<string | null> {
    const lines = (preview.value?.lines ?? []).filter(isPostable)
    const seals = lines.flatMap(({ changes }) => changes.map(({ seal }) => seal))
    if (wish.kind === 'RELEASE') {
      const named = lines.map(({ contract, service }) => ({
        contractId: contract.id,
        serviceId: service.id,
      }))
      const data = await releasing.run({ integrationId: wish.integrationId, lines: named, seals })
      return data?.release.run?.id ?? null
    }
    const adjustmentIds = lines.flatMap(({ adjustment }) => adjustment?.id ?? [])
    const data = await takingBack.run({ what: { adjustmentIds }, afterwards, seals })
    return data?.takeBack.run?.id ?? null
  }

  return {
    preview,
    loading,
    busy: computed(() => takingBack.busy.value || releasing.busy.value),
    failure: computed(
      () => readFailure.value ?? takingBack.failure.value ?? releasing.failure.value,
    ),
    problems: computed(() => [
      ...(preview.value?.problems ?? []),
      ...takingBack.problems.value,
      ...releasing.problems.value,
    ]),
    read,
    carryOut,
  }
}

/** Past the cache: only what Autotask says now may be agreed to. */
async function readPreview(
  client: ApolloClient<unknown>,
  wish: CounterWish,
): Promise<CounterPreviewPartsFragment> {
  const fetchPolicy = 'no-cache'
  if (wish.kind === 'RELEASE') {
    const variables = { integrationId: wish.integrationId, lines: [...wish.lines] }
    const { data } = await client.query({ query: ReleasePreviewDocument, variables, fetchPolicy })
    return data.releasePreview
  }
  const what: TakeBackInput =
    wish.kind === 'TAKE_BACK_RUN'
      ? { runId: wish.runId }
      : { adjustmentIds: [...wish.adjustmentIds] }
  const { data } = await client.query({
    query: TakeBackPreviewDocument,
    variables: { what },
    fetchPolicy,
  })
  return data.takeBackPreview
}
