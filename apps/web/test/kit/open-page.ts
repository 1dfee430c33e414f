import { SchemaLink } from '@apollo/client/link/schema'
import { cleanup, screen, waitFor } from '@testing-library/vue'
import { userEvent, type UserEvent } from '@testing-library/user-event'
import { useToast } from '@nuxt/ui/composables/useToast'
import type { App, Component } from 'vue'
import { createMemoryHistory, type Router } from 'vue-router'
import { createTrueup } from '../../src/trueup.ts'
import { type Office, openOffice } from '../office/office.ts'

/** A page as a person has it before them. */
export interface OpenPage {
  readonly office: Office
  readonly user: UserEvent
  readonly router: Router
}

let open: App | null = null

/**
 * Opens the whole admin at `path`, which has to lead to `page`, against a pretend API that executes the real schema: a document that does
 * not fit the schema fails here, as it would in front of the API.
 */
export async function openPage(
  page: Component,
  path: string,
  office: Office = openOffice({ tenants: 8 }),
): Promise<OpenPage> {
  const link = new SchemaLink({
    schema: office.schema,
    rootValue: office.rootValue,
    validate: true,
  })
  const { app, router } = createTrueup({ history: createMemoryHistory(), link })
  document.body.innerHTML = '<div id="app"></div>'
  localStorage.clear()
  await router.push(path)
  app.mount('#app')
  open = app
  await waitFor(() => {
    const shown = router.currentRoute.value.matched.map(({ components }) => components?.['default'])
    if (!shown.includes(page)) throw new Error(`${path} does not lead to the page of this test`)
  })
  await screen.findByRole('main')
  return { office, user: userEvent.setup({ delay: null }), router }
}

/** Takes down what the last test opened. */
export function closePages(): void {
  cleanup()
  // The library keeps its messages outside the app that showed them.
  open?.runWithContext(() => useToast().clear())
  open?.unmount()
  open = null
  // An open dialog locks the page behind it, and unlocks it only after its closing animation.
  document.body.removeAttribute('style')
  document.body.innerHTML = ''
}
