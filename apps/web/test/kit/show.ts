import ui from '@nuxt/ui/vue-plugin'
import { render } from '@testing-library/vue'
import { userEvent, type UserEvent } from '@testing-library/user-event'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'

/** What a component of ui/ is given. */
export interface Given {
  readonly props?: Record<string, unknown>
  readonly slots?: Record<string, string>
}

/** A component as a person has it before them. */
export interface Shown {
  readonly user: UserEvent
  readonly container: Element
  readonly rerender: (props: Record<string, unknown>) => Promise<void>
  /** What it has told its parent so far, by the event's name. */
  readonly emitted: (name: string) => readonly unknown[] | undefined
}

/** Shows one component by itself, as ui/ promises it can be: without data and without the app's routes. */
export function show(component: Component, { props = {}, slots = {} }: Given = {}): Shown {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', component: { render: () => null } }],
  })
  const result = render(component, { props, slots, global: { plugins: [router, ui] } })
  return {
    user: userEvent.setup({ delay: null }),
    container: result.container,
    rerender: async (changed) => result.rerender(changed),
    emitted: (name) => result.emitted<unknown>(name),
  }
}
