import { createSandbox, type Sandbox, type SandboxOptions } from '@trueup/sandbox'
import { onTestFinished } from 'vitest'
import {
  createAutotask,
  type Autotask,
  type AutotaskEvent,
  type AutotaskOptions,
} from '../src/index.ts'
import { createFakeClock, type FakeClock } from './fake-clock.ts'

/** The practice world over HTTP, and the adapter connected to it. */
export interface Practice {
  readonly sandbox: Sandbox
  readonly autotask: Autotask
  readonly clock: FakeClock
  readonly events: AutotaskEvent[]
  /** Calls to Autotask since the last look, by operation; zone lookups are not among them. */
  readonly takeCalls: () => Record<string, number>
  /** Another client of the same database, that remembers nothing. */
  readonly connect: (options?: Partial<AutotaskOptions>) => Autotask
  close(): Promise<void>
}

/** Sunday, 22 November 2026. */
export const TODAY = '2026-11-22'

/** The practice world of one test, closed when that has ended. */
export async function openPractice(...given: Parameters<typeof startPractice>): Promise<Practice> {
  const practice = await startPractice(...given)
  onTestFinished(() => practice.close())
  return practice
}

/** Starts the practice world on {@link TODAY}; whoever starts it closes it. */
export async function startPractice(
  sandboxOptions: SandboxOptions = { empty: true },
  options: Partial<AutotaskOptions> = {},
): Promise<Practice> {
  const sandbox = await createSandbox({ day: TODAY, ...sandboxOptions })
  const clock = createFakeClock()
  // The hour of the request threshold passes when the adapter sleeps.
  clock.onSleep = (ms) => sandbox.passMinutes(ms / 60_000)
  const events: AutotaskEvent[] = []
  const clients: Autotask[] = []
  function connect(more: Partial<AutotaskOptions> = {}): Autotask {
    const autotask = createAutotask({
      ...sandbox.connection.autotask,
      clock,
      log: (event) => events.push(event),
      ...options,
      ...more,
    })
    clients.push(autotask)
    return autotask
  }
  const autotask = connect()

  return {
    sandbox,
    autotask,
    clock,
    events,
    connect,
    takeCalls() {
      const { byOperation } = sandbox.calls()
      sandbox.clearCalls()
      const counts = Object.entries(byOperation).map(
        ([name, count]) => [name.replace('autotask.', ''), count] as const,
      )
      return Object.fromEntries(counts.filter(([name]) => !/\.zone$/i.test(name)))
    },
    async close() {
      await Promise.all(clients.map((client) => client.close()))
      await sandbox.close()
    },
  }
}
