import { inject, type InjectionKey } from 'vue'

/** Values that outlive the page that made them, until the person signs out or the tab is closed. */
export const keptKey: InjectionKey<Map<string, unknown>> = Symbol('kept')

/**
 * A value of this app under `key`, made on first use. Staged edits live here: a session that ends in the
 * middle of mapping forty customers must not take the forty with it.
 */
export function useKept<Value>(key: string, create: () => Value): Value {
  const kept = inject(keptKey, null)
  if (kept === null) return create()
  if (!kept.has(key)) kept.set(key, create())
  // Each key belongs to one composable, which always stores the same type under it.
  return kept.get(key) as Value
}

/** Forgets everything kept; for signing out. */
export function useForgetKept(): () => void {
  const kept = inject(keptKey, null)
  return () => kept?.clear()
}
