import { computed, type ComputedRef } from 'vue'
import { useRouter } from 'vue-router'
import { useAction } from '../../composables/useAction.ts'
import { PreviewDocument, RunNowDocument } from '../../gql/graphql.ts'
import type { Failure } from '../problem/failure.ts'
import type { ShownProblem } from '../problem/problem.ts'

/** Starts previews and runs and goes to their page. */
export interface RunStart {
  preview(): Promise<void>
  runNow(): Promise<void>
  readonly busy: ComputedRef<'preview' | 'run' | null>
  readonly problems: ComputedRef<readonly ShownProblem[]>
  readonly failure: ComputedRef<Failure | null>
}

/** Starts what `integrationId` asks for; the page that opens follows it to its end. */
export function useStartRun(integrationId: () => string): RunStart {
  const router = useRouter()
  const previewing = useAction(PreviewDocument, (data) => data.preview.problems)
  const running = useAction(RunNowDocument, (data) => data.runNow.problems)

  function open(runId: string | undefined): void {
    if (runId !== undefined)
      void router.push({ name: 'run', params: { integrationId: integrationId(), runId } })
  }
  return {
    preview: async () => {
      running.forget()
      const data = await previewing.run({ integrationId: integrationId() })
      open(data?.preview.run?.id)
    },
    runNow: async () => {
      previewing.forget()
      const data = await running.run({ integrationId: integrationId() })
      open(data?.runNow.run?.id)
    },
    busy: computed(() => (previewing.busy.value ? 'preview' : running.busy.value ? 'run' : null)),
    problems: computed(() => [...previewing.problems.value, ...running.problems.value]),
    failure: computed(() => previewing.failure.value ?? running.failure.value),
  }
}
