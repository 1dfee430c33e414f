import { computed, type ComputedRef, type Ref, shallowReactive } from 'vue'
import { useAction } from '../../composables/useAction.ts'
import { useKept } from '../../composables/useKept.ts'
import { SaveServiceMappingsDocument, type ServicePartsFragment } from '../../gql/graphql.ts'
import type { Failure } from '../problem/failure.ts'
import { splitProblems } from '../problem/problem.ts'
import {
  type CountingRule,
  isUnchanged,
  type ServiceDraft,
  type ServiceSlot,
  slotKey,
  summarizeServices,
  toServiceDraft,
  toServiceInput,
} from './service-draft.ts'

/** The staged edits of one integration's service mappings. */
export interface ServiceDrafts {
  readonly drafts: ReadonlyMap<string, ServiceDraft>
  readonly summary: ComputedRef<string[]>
  /** Refusals by application id, and the rest. */
  readonly problems: ComputedRef<ReturnType<typeof splitProblems>>
  readonly failure: Ref<Failure | null>
  readonly busy: Ref<boolean>
  serviceOf(slot: ServiceSlot): ServicePartsFragment | null
  isStaged(slot: ServiceSlot): boolean
  ruleOf(slot: ServiceSlot): CountingRule
  stage(slot: ServiceSlot, service: ServicePartsFragment | null): void
  stageRule(slot: ServiceSlot, rule: CountingRule): void
  discard(): void
  /** All rows or none; answers how many were saved, null when refused. */
  save(): Promise<number | null>
}

/** Edits wait here until they are saved; they survive a session that ended. */
export function useServiceDrafts(integrationId: string): ServiceDrafts {
  const drafts = useKept(`service-mappings ${integrationId}`, () =>
    shallowReactive(new Map<string, ServiceDraft>()),
  )
  const action = useAction(SaveServiceMappingsDocument, (data) => data.saveServiceMappings.problems)
  const { busy, failure, problems } = action

  function stage(slot: ServiceSlot, service: ServicePartsFragment | null): void {
    put(slot, { next: service })
  }

  function put(slot: ServiceSlot, change: Partial<Pick<ServiceDraft, 'next' | 'rule'>>): void {
    const draft = { ...(drafts.get(slotKey(slot)) ?? toServiceDraft(slot)), ...change }
    if (isUnchanged(draft)) drafts.delete(slotKey(slot))
    else drafts.set(slotKey(slot), draft)
  }

  function discard(): void {
    drafts.clear()
    action.forget()
  }

  async function save(): Promise<number | null> {
    const rows = [...drafts.values()].map(toServiceInput)
    const data = await action.run({ integrationId, rows })
    if (data === null) return null
    drafts.clear()
    return rows.length
  }

  return {
    drafts,
    summary: computed(() => summarizeServices(drafts.values())),
    problems: computed(() =>
      splitProblems(
        problems.value,
        new Set([...drafts.values()].map((draft) => draft.applicationId)),
      ),
    ),
    failure,
    busy,
    serviceOf: (slot) => (drafts.get(slotKey(slot)) ?? toServiceDraft(slot)).next,
    ruleOf: (slot) => (drafts.get(slotKey(slot)) ?? toServiceDraft(slot)).rule,
    isStaged: (slot) => drafts.has(slotKey(slot)),
    stage,
    stageRule: (slot, rule) => put(slot, { rule }),
    discard,
    save,
  }
}
