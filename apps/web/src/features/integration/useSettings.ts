import { computed, type ComputedRef, type Ref } from 'vue'
import { useQuery } from '@vue/apollo-composable'
import { useAction } from '../../composables/useAction.ts'
import { useNotice } from '../../composables/useNotice.ts'
import {
  IntegrationSettingsDocument,
  type IntegrationSettingsFragment,
  UpdateIntegrationDocument,
  type UpdateIntegrationInput,
} from '../../gql/graphql.ts'
import { type Failure, toFailure } from '../problem/failure.ts'
import type { ShownProblem } from '../problem/problem.ts'

/** The stored settings of one integration. */
export interface StoredSettings {
  readonly settings: ComputedRef<IntegrationSettingsFragment | null>
  readonly failure: ComputedRef<Failure | null>
  reload(): Promise<void>
}

/** Reads the settings. */
export function useSettings(integrationId: () => string): StoredSettings {
  const { result, error, refetch } = useQuery(
    IntegrationSettingsDocument,
    () => ({ id: integrationId() }),
    { fetchPolicy: 'cache-and-network' },
  )
  return {
    settings: computed(() => result.value?.integration ?? null),
    failure: computed(() => (error.value ? toFailure(error.value) : null)),
    reload: async () => {
      await refetch()?.catch(() => undefined)
    },
  }
}

/** Saves a part of the settings. */
export interface SettingsSave {
  readonly busy: Ref<boolean>
  readonly problems: Ref<readonly ShownProblem[]>
  readonly failure: Ref<Failure | null>
  /** Answers what is stored now, null when it was refused. */
  save(
    settings: IntegrationSettingsFragment,
    input: UpdateIntegrationInput,
  ): Promise<IntegrationSettingsFragment | null>
}

/** One part of the settings page saves by itself; the version guards against two people at once. */
export function useSettingsSave(): SettingsSave {
  const notice = useNotice()
  const action = useAction(UpdateIntegrationDocument, (data) => data.updateIntegration.problems)
  const { busy, problems, failure } = action
  return {
    busy,
    problems,
    failure,
    save: async ({ id, version }, input) => {
      const data = await action.run({ id, version, input })
      if (data === null) return null
      notice.done('Settings saved')
      return data.updateIntegration.integration
    },
  }
}
