import { useOverlay } from '@nuxt/ui/composables/useOverlay'
import { useRouter } from 'vue-router'
import type { CounterWish } from './counter-words.ts'
import CounterDialog from './CounterDialog.vue'

/** Asks before something is undone, and opens the run that does it. */
export function useCounterDialog(integrationId: () => string): {
  open(wish: CounterWish): Promise<void>
} {
  const router = useRouter()
  const dialog = useOverlay().create(CounterDialog)
  return {
    open: async (wish) => {
      const runId: unknown = await dialog.open({ wish })
      if (typeof runId !== 'string') return
      await router.push({ name: 'run', params: { integrationId: integrationId(), runId } })
    },
  }
}
