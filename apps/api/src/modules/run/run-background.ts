/** Runs that go on while nobody waits for them. State that lives: the app ends it before the database. */
export interface RunBackground {
  /** Aborted when the app closes; runs stop at their next safe point. */
  readonly signal: AbortSignal
  /** Keeps `work` from being cut off. `work` reports its own failure and never rejects. */
  add(work: Promise<void>): void
  /** Waits until nothing is under way. */
  settle(): Promise<void>
  /** Stops what is under way and waits until it has stopped. */
  close(): Promise<void>
}

/** Nothing under way yet. */
export function createRunBackground(): RunBackground {
  const stop = new AbortController()
  const underWay = new Set<Promise<void>>()
  return {
    signal: stop.signal,
    add: (work) => {
      underWay.add(work)
      void work.finally(() => underWay.delete(work))
    },
    settle: async () => {
      await Promise.all(underWay)
    },
    close: async () => {
      stop.abort()
      await Promise.all(underWay)
    },
  }
}
