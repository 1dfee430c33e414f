import ui from '@nuxt/ui/vue-plugin'
import { render, type RenderResult } from '@testing-library/vue'
import { userEvent, type UserEvent } from '@testing-library/user-event'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'

/** What a component of ui/ is given. */
export interface Given {
  readonly props?: Record<string, unknown>
  readonly slots?: Record<string, string>
}

/** Shows one component by itself, as ui/ promises it can be: without data and without the app's routes. */
export function show(
  component: Component,
  { props = {}, slots = {} }: Given = {},
): RenderResult & { user: UserEvent } {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', component: { render: () => null } }],
  })
  const result = render(component, { props, slots, global: { plugins: [router, ui] } })
  return { ...result, user: userEvent.setup({ delay: null }) }
}
