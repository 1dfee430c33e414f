import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import type { OperationVariables } from '@apollo/client/core'
import { useApolloClient } from '@vue/apollo-composable'
import { type Ref, ref } from 'vue'
import { type Failure, toFailure } from '../features/problem/failure.ts'
import { isRefused, type ShownProblem } from '../features/problem/problem.ts'

/** A mutation with what there is to say about its last attempt. */
export interface Action<Data, Variables> {
  /** Answers the data when it was carried out, null when it was refused or did not come through. */
  run(variables: Variables): Promise<Data | null>
  forget(): void
  readonly busy: Ref<boolean>
  readonly problems: Ref<readonly ShownProblem[]>
  readonly failure: Ref<Failure | null>
}

/** Carries out one mutation. `problemsOf` finds the problems in its answer. */
export function useAction<Data, Variables extends OperationVariables>(
  document: TypedDocumentNode<Data, Variables>,
  problemsOf: (data: Data) => readonly ShownProblem[],
): Action<Data, Variables> {
  const { client } = useApolloClient()
  const busy = ref(false)
  const problems = ref<readonly ShownProblem[]>([])
  const failure = ref<Failure | null>(null)

  function forget(): void {
    problems.value = []
    failure.value = null
  }

  async function run(variables: Variables): Promise<Data | null> {
    forget()
    busy.value = true
    try {
      const { data } = await client.mutate({ mutation: document, variables })
      if (data === null || data === undefined) throw new Error('The answer was empty.')
      problems.value = problemsOf(data)
      return isRefused(problems.value) ? null : data
    } catch (error) {
      failure.value = toFailure(error)
      return null
    } finally {
      busy.value = false
    }
  }

  return { run, forget, busy, problems, failure }
}
