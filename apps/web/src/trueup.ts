import ui from '@nuxt/ui/vue-plugin'
import { setCustomIconsLoader } from '@iconify/vue'
import type { ApolloLink } from '@apollo/client/core'
import { DefaultApolloClient } from '@vue/apollo-composable'
import { type App, createApp } from 'vue'
import type { Router, RouterHistory } from 'vue-router'
import { createApolloClient } from './apollo.ts'
import RootApp from './App.vue'
import { keptKey } from './composables/useKept.ts'
import { createAppRouter } from './router.ts'

/** What differs between a browser tab and a test. */
export interface TrueupParts {
  readonly history: RouterHistory
  readonly link?: ApolloLink
}

/** Puts the admin together; the caller mounts it. */
export function createTrueup({ history, link }: TrueupParts): { app: App; router: Router } {
  // Icons are in the bundle; one that is missing there must not be asked for on the internet.
  setCustomIconsLoader(() => null, 'lucide')
  const router = createAppRouter(history)
  const client = createApolloClient({
    ...(link === undefined ? {} : { link }),
    onSessionEnd: () => void toSignIn(router),
  })
  const app = createApp(RootApp)
  app.provide(DefaultApolloClient, client)
  app.provide(keptKey, new Map())
  app.use(router).use(ui)
  return { app, router }
}

/** The sign-in page remembers where the person was. */
async function toSignIn(router: Router): Promise<void> {
  const { name, fullPath } = router.currentRoute.value
  if (name === 'sign-in') return
  await router.push({ name: 'sign-in', query: fullPath === '/' ? {} : { return: fullPath } })
}
