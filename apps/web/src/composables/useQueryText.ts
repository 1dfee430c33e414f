import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/**
 * A text kept in the address, `?name=text`, so that a link shows what its sender saw.
 * The empty text and `initial` leave no trace there.
 */
export function useQueryText(name: string, initial = ''): WritableComputedRef<string> {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get: () => {
      const value = route.query[name]
      return typeof value === 'string' ? value : initial
    },
    set: (value) => {
      const { [name]: _old, ...others } = route.query
      const query = value === initial || value === '' ? others : { ...others, [name]: value }
      void router.replace({ query })
    },
  })
}
