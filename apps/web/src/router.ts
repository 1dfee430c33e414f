import { createRouter, type Router, type RouterHistory, type RouteRecordRaw } from 'vue-router'

/** Pages that belong to one integration; `/accounts` alone leads to the one used last. */
const integrationPages: RouteRecordRaw[] = [
  page('accounts', 'Accounts', () => import('./pages/AccountsPage.vue')),
  page('lines', 'Lines to decide', () => import('./pages/LinesPage.vue')),
  page('services', 'Services', () => import('./pages/ServicesPage.vue')),
  page('reports', 'Licence reports', () => import('./pages/ReportsPage.vue')),
  page('runs', 'Runs', () => import('./pages/RunsPage.vue')),
  {
    ...page('run', 'Run', () => import('./pages/RunPage.vue')),
    path: '/integrations/:integrationId/runs/:runId',
  },
  {
    ...page('evidence', 'Devices', () => import('./pages/EvidencePage.vue')),
    path: '/integrations/:integrationId/tenants/:tenantId/evidence',
  },
  page('activity', 'Activity', () => import('./pages/ActivityPage.vue')),
  page('settings', 'Settings', () => import('./pages/SettingsPage.vue')),
]

function page(
  name: string,
  title: string,
  component: RouteRecordRaw['component'] & object,
): RouteRecordRaw {
  return { path: `/integrations/:integrationId/${name}`, name, component, meta: { title } }
}

/** The routes of the admin. Links name routes, never paths. */
export function createAppRouter(history: RouterHistory): Router {
  const router = createRouter({
    history,
    routes: [
      {
        path: '/sign-in',
        name: 'sign-in',
        component: () => import('./pages/SignInPage.vue'),
        meta: { title: 'Sign in' },
      },
      {
        path: '/',
        component: () => import('./pages/FramePage.vue'),
        children: [
          {
            path: '',
            name: 'home',
            component: () => import('./pages/HomePage.vue'),
            meta: { title: 'Trueup' },
          },
          {
            path: ':section(accounts|services|reports|runs|activity|settings)',
            name: 'section',
            component: () => import('./pages/HomePage.vue'),
          },
          {
            path: 'start',
            name: 'start',
            component: () => import('./pages/StartPage.vue'),
            meta: { title: 'New integration' },
          },
          ...integrationPages,
          {
            path: ':lost(.*)*',
            name: 'not-found',
            component: () => import('./pages/NotFoundPage.vue'),
            meta: { title: 'Not found' },
          },
        ],
      },
    ],
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  })
  router.afterEach(({ meta }) => {
    document.title =
      typeof meta['title'] === 'string' && meta['title'] !== 'Trueup'
        ? `${meta['title']} · Trueup`
        : 'Trueup'
  })
  return router
}
