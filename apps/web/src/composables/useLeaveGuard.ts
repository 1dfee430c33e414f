import { useOverlay } from '@nuxt/ui/composables/useOverlay'
import { onBeforeUnmount, onMounted } from 'vue'
import { onBeforeRouteLeave, onBeforeRouteUpdate, type RouteLocationNormalized } from 'vue-router'
import ConfirmDialog from '../ui/ConfirmDialog.vue'

/**
 * Asks before staged edits are left behind, whether by a link, the back button or closing the tab.
 * Going to the sign-in page is let through: the edits wait there for the person to come back.
 */
export function useLeaveGuard(isDirty: () => boolean, discard: () => void): void {
  const dialog = useOverlay().create(ConfirmDialog)

  async function mayLeave(): Promise<boolean> {
    const leaves: unknown = await dialog.open({
      title: 'Leave without saving?',
      text: 'Your changes on this page are not saved yet. Leaving discards them.',
      confirmLabel: 'Discard changes',
      cancelLabel: 'Stay on this page',
      dangerous: true,
    })
    if (leaves === true) discard()
    return leaves === true
  }

  onBeforeRouteLeave((to) => to.name === 'sign-in' || !isDirty() || mayLeave())
  onBeforeRouteUpdate((to, from) => isSameIntegration(to, from) || !isDirty() || mayLeave())

  const warn = (event: BeforeUnloadEvent): void => {
    if (isDirty()) event.preventDefault()
  }
  onMounted(() => window.addEventListener('beforeunload', warn))
  onBeforeUnmount(() => window.removeEventListener('beforeunload', warn))
}

function isSameIntegration(to: RouteLocationNormalized, from: RouteLocationNormalized): boolean {
  return to.params['integrationId'] === from.params['integrationId']
}
