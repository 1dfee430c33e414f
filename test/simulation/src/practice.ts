import { toDay, type Clock, type Day } from '@trueup/core'
import { createSandbox, type Sandbox, type SandboxOptions } from '@trueup/sandbox'

/** A practice world with a clock on which nobody waits. */
export interface Practice {
  readonly sandbox: Sandbox
  /** Nine o'clock of the virtual day and what was slept since. */
  readonly clock: Clock
  day(): Day
  /** Lets days pass. */
  advance(days: number): void
  /** What a person does in Kaspersky's console. */
  control(path: string, body: unknown): Promise<void>
  close(): Promise<void>
}

/** Starts a practice world. */
export async function startPractice(options: SandboxOptions): Promise<Practice> {
  const sandbox = await createSandbox(options)
  let nowMs = sandbox.world.clock.now().getTime()
  return {
    sandbox,
    clock: {
      nowMs: () => nowMs,
      sleep: async (ms, signal) => {
        if (signal?.aborted === true) return
        nowMs += ms
        // Autotask's hour of requests passes too.
        sandbox.passMinutes(ms / 60_000)
      },
    },
    day: () => toDay(sandbox.world.clock.day()),
    advance: (days) => {
      sandbox.advance(days)
      nowMs = Math.max(nowMs, sandbox.world.clock.now().getTime())
    },
    control: async (path, body) => {
      const url = `${sandbox.control.url}${path}`
      const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    },
    close: () => sandbox.close(),
  }
}
