import { useOverlay } from '@nuxt/ui/composables/useOverlay'
import { computed } from 'vue'
import { useAction } from '../../composables/useAction.ts'
import { useNotice } from '../../composables/useNotice.ts'
import { ExcludeDeviceDocument, IncludeDeviceDocument } from '../../gql/graphql.ts'
import ExcludeDialog from './ExcludeDialog.vue'

interface DeviceOfApplication {
  readonly deviceId: string
  readonly name: string
  readonly application: { readonly id: string; readonly name: string }
}

/** Leaving devices out of the bill, and billing them again; `changed` is called after either. */
export function useExclusions(changed: () => Promise<void>) {
  const notice = useNotice()
  const dialog = useOverlay().create(ExcludeDialog)
  const excluding = useAction(ExcludeDeviceDocument, (data) => data.excludeDevice.problems)
  const including = useAction(IncludeDeviceDocument, (data) => data.includeDevice.problems)

  async function exclude({ deviceId, name, application }: DeviceOfApplication): Promise<void> {
    const reason: unknown = await dialog.open({ device: name, application: application.name })
    if (typeof reason !== 'string') return
    const input = { applicationId: application.id, deviceId, reason }
    if ((await excluding.run({ input })) === null) return
    notice.done(`${name} is not billed any more`, 'The next plan takes it off.')
    await changed()
  }

  async function include({ deviceId, name, application }: DeviceOfApplication): Promise<void> {
    if ((await including.run({ applicationId: application.id, deviceId })) === null) return
    notice.done(`${name} is billed again`, 'The next plan counts it.')
    await changed()
  }

  return {
    exclude,
    include,
    busy: computed(() => excluding.busy.value || including.busy.value),
    problems: computed(() => [...excluding.problems.value, ...including.problems.value]),
    failure: computed(() => excluding.failure.value ?? including.failure.value),
  }
}
