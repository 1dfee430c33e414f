import type { ApolloClient } from '@apollo/client/core'
import { useApolloClient } from '@vue/apollo-composable'
import { computed, type ComputedRef, type Ref, shallowReactive } from 'vue'
import { useAction } from '../../composables/useAction.ts'
import { useKept } from '../../composables/useKept.ts'
import {
  MappedTenantDocument,
  type MappedTenantFragment,
  SaveAccountMappingsDocument,
} from '../../gql/graphql.ts'
import type { Failure } from '../problem/failure.ts'
import { type ShownProblem, splitProblems } from '../problem/problem.ts'
import {
  findStagedHolders,
  isSameValues,
  type MappingDraft,
  type MappingValues,
  type StagedHolders,
  summarizeMappings,
  toMappingInput,
  toValues,
} from './mapping-draft.ts'

/** The staged edits of one integration's account mappings. */
export interface MappingDrafts {
  readonly drafts: ReadonlyMap<string, MappingDraft>
  readonly summary: ComputedRef<string[]>
  readonly holders: ComputedRef<StagedHolders>
  readonly problems: ComputedRef<ReturnType<typeof splitProblems>>
  readonly failure: Ref<Failure | null>
  readonly busy: Ref<boolean>
  /** True when somebody else changed a row meanwhile. */
  readonly isStale: ComputedRef<boolean>
  valuesOf(tenant: MappedTenantFragment): MappingValues
  stage(tenant: MappedTenantFragment, next: MappingValues): void
  undo(tenantId: string): void
  discard(): void
  /** All rows or none; answers how many were saved, null when refused. */
  save(): Promise<number | null>
  /** Puts the edits on top of what stands in the database now. */
  rebase(): Promise<void>
}

/** Edits wait here until they are saved; they survive filters, searches and a session that ended. */
export function useMappingDrafts(integrationId: string): MappingDrafts {
  const { client } = useApolloClient()
  const drafts = useKept(`account-mappings ${integrationId}`, () =>
    shallowReactive(new Map<string, MappingDraft>()),
  )
  const action = useAction(SaveAccountMappingsDocument, (data) => data.saveAccountMappings.problems)
  const { busy, failure } = action

  function stage(tenant: MappedTenantFragment, next: MappingValues): void {
    const { id, mapping } = tenant
    const { version, saved } = drafts.get(id) ?? {
      version: mapping.version,
      saved: toValues(mapping),
    }
    if (isSameValues(saved, next)) drafts.delete(id)
    else drafts.set(id, { tenant, version, saved, next })
  }

  function discard(): void {
    drafts.clear()
    action.forget()
  }

  async function save(): Promise<number | null> {
    const rows = [...drafts.values()].map(toMappingInput)
    const data = await action.run({ integrationId, rows })
    if (data === null) return null
    drafts.clear()
    return rows.length
  }

  async function rebase(): Promise<void> {
    for (const draft of drafts.values()) {
      const { id } = draft.tenant
      const newest = await readOnto(draft, client)
      if (newest === null) drafts.delete(id)
      else drafts.set(id, newest)
    }
    action.forget()
  }

  return {
    drafts,
    summary: computed(() => summarizeMappings(drafts.values())),
    holders: computed(() => findStagedHolders(drafts.values())),
    problems: computed(() => splitProblems(action.problems.value, new Set(drafts.keys()))),
    failure,
    busy,
    isStale: computed(() => action.problems.value.some(isStaleProblem)),
    valuesOf: ({ id, mapping }) => drafts.get(id)?.next ?? toValues(mapping),
    stage,
    undo: (tenantId) => drafts.delete(tenantId),
    discard,
    save,
    rebase,
  }
}

/** The edit on top of what is stored now; null when the tenant is gone. */
async function readOnto(
  draft: MappingDraft,
  client: ApolloClient<unknown>,
): Promise<MappingDraft | null> {
  const { data } = await client.query({
    query: MappedTenantDocument,
    variables: { id: draft.tenant.id },
    fetchPolicy: 'network-only',
  })
  const { tenant } = data
  if (tenant === null) return null
  return { ...draft, tenant, version: tenant.mapping.version, saved: toValues(tenant.mapping) }
}

function isStaleProblem({ code }: ShownProblem): boolean {
  return code.includes('STALE') || code.includes('VERSION')
}
