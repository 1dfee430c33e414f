import { computed, type ComputedRef, ref, type Ref } from 'vue'
import { useAction } from '../../composables/useAction.ts'
import {
  type CheckPartsFragment,
  type TestIntegrationInput,
  TestIntegrationDocument,
} from '../../gql/graphql.ts'
import type { Failure } from '../problem/failure.ts'
import type { ShownProblem } from '../problem/problem.ts'
import { findUntrusted } from './fingerprint.ts'

/** A connection test and what it last saw. */
export interface ConnectionTest {
  readonly checks: Ref<readonly CheckPartsFragment[]>
  readonly untrusted: ComputedRef<string | null>
  readonly busy: Ref<boolean>
  readonly problems: Ref<readonly ShownProblem[]>
  readonly failure: Ref<Failure | null>
  run(id: string | null, input: TestIntegrationInput | null): Promise<void>
}

/** Tries connections without changing anything. */
export function useConnectionTest(): ConnectionTest {
  const action = useAction(TestIntegrationDocument, (data) => data.testIntegration.problems)
  const checks = ref<readonly CheckPartsFragment[]>([])
  return {
    checks,
    untrusted: computed(() => findUntrusted(checks.value)),
    busy: action.busy,
    problems: action.problems,
    failure: action.failure,
    run: async (id, input) => {
      checks.value = []
      const data = await action.run({ id, input })
      checks.value = data?.testIntegration.checks ?? []
    },
  }
}
