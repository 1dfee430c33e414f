import { computed, type ComputedRef, inject, type InjectionKey } from 'vue'
import type { IntegrationPartsFragment, ViewerQuery } from '../../gql/graphql.ts'

/** Who is signed in. */
export type Viewer = NonNullable<ViewerQuery['viewer']>

/** Who is signed in, what there is, and which integration the address names. */
export interface Current {
  readonly viewer: Viewer
  readonly integrations: readonly IntegrationPartsFragment[]
  readonly integration: IntegrationPartsFragment | null
  /** Asks again, for instance for the counts beside the navigation. */
  reload(): Promise<void>
}

/** Provided by the frame to the pages inside it. */
export const currentKey: InjectionKey<ComputedRef<Current>> = Symbol('current')

/** The frame's knowledge; only for components inside the frame. */
export function useCurrent(): ComputedRef<Current> {
  const current = inject(currentKey)
  if (current === undefined) throw new Error('useCurrent() needs the frame around it')
  return current
}

/** The integration of this page; only for pages whose address names one. */
export function useIntegration(): ComputedRef<IntegrationPartsFragment> {
  const current = useCurrent()
  return computed(() => {
    const { integration } = current.value
    if (integration === null) throw new Error('This page needs an integration in its address')
    return integration
  })
}

const lastUsedKey = 'trueup.integration'

/** Remembers the integration for the next visit to `/`. */
export function keepLastUsed(id: string): void {
  localStorage.setItem(lastUsedKey, id)
}

/** The integration used last, else the first; null when there is none. */
export function findLastUsed(
  integrations: readonly IntegrationPartsFragment[],
): IntegrationPartsFragment | null {
  const id = localStorage.getItem(lastUsedKey)
  return integrations.find((integration) => integration.id === id) ?? integrations[0] ?? null
}
