import { useToast } from '@nuxt/ui/composables/useToast'

/** Says in passing that something was done; read out by screen readers, gone after a few seconds. */
export function useNotice(): { done(title: string, description?: string): void } {
  const toast = useToast()
  return {
    done: (title, description) => {
      toast.add({
        title,
        ...(description === undefined ? {} : { description }),
        color: 'success',
        icon: 'i-lucide-check',
      })
    },
  }
}
