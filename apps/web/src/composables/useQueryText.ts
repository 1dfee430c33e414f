import { computed, type WritableComputedRef } from 'vue'
import { type LocationQueryRaw, type Router, useRoute, useRouter } from 'vue-router'

/** What is on its way into the address: a second change must not undo a first one that has not arrived. */
const underway = new WeakMap<Router, LocationQueryRaw>()

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
      const { [name]: _old, ...others } = underway.get(router) ?? route.query
      const query = value === initial || value === '' ? others : { ...others, [name]: value }
      underway.set(router, query)
      void router.replace({ query }).finally(() => {
        if (underway.get(router) === query) underway.delete(router)
      })
    },
  })
}
