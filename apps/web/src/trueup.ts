import ui from '@nuxt/ui/vue-plugin'
import { setCustomIconsLoader } from '@iconify/vue'
import type { ApolloClient, ApolloLink } from '@apollo/client/core'
import { DefaultApolloClient } from '@vue/apollo-composable'
import { type App, createApp } from 'vue'
import {
  type RouteLocation,
  type RouteLocationRaw,
  type Router,
  type RouterHistory,
  START_LOCATION,
} from 'vue-router'
import { createApolloClient } from './apollo.ts'
import RootApp from './App.vue'
import { keptKey } from './composables/useKept.ts'
import { SessionDocument } from './gql/graphql.ts'
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
    onSessionEnd: () => {
      const { currentRoute } = router
      if (currentRoute.value.name !== 'sign-in') void router.push(toSignIn(currentRoute.value))
    },
  })
  router.beforeEach(async (to, from) => {
    const isEntered = from === START_LOCATION || from.name === 'sign-in'
    if (!isEntered || to.name === 'sign-in' || (await hasSession(client))) return true
    return toSignIn(to)
  })
  const app = createApp(RootApp)
  app.provide(DefaultApolloClient, client)
  app.provide(keptKey, new Map())
  app.use(router).use(ui)
  return { app, router }
}

/** Asked before a page is: a page's own questions would be refused, and a browser logs every refusal as an error. */
async function hasSession(client: ApolloClient<object>): Promise<boolean> {
  try {
    const { data } = await client.query({ query: SessionDocument, fetchPolicy: 'no-cache' })
    return data.viewer !== null
  } catch {
    // Whatever is wrong with the server, the page says it better than the sign-in.
    return true
  }
}

/** The sign-in page remembers where the person wanted to be. */
function toSignIn({ fullPath }: RouteLocation): RouteLocationRaw {
  return { name: 'sign-in', query: fullPath === '/' ? {} : { return: fullPath } }
}
