/**
 * Works on items, at most `atOnce` at a time, and gives what they report as it comes. When the reader stops early,
 * nothing new is begun and what is under way is waited for.
 */
export async function* workAtOnce<Item, Event>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item, report: (event: Event) => void) => Promise<void>,
): AsyncGenerator<Event, void> {
  const reported: Event[] = []
  const failures: unknown[] = []
  let wake: () => void = () => undefined
  let next = 0
  let isStopped = false
  let running = 0

  async function runLane(): Promise<void> {
    for (;;) {
      const item = items[next]
      if (isStopped || item === undefined) return
      next += 1
      await work(item, (event) => {
        reported.push(event)
        wake()
      })
    }
  }
  const lanes = Array.from({ length: Math.min(atOnce, items.length) }, async () => {
    running += 1
    try {
      await runLane()
    } catch (error) {
      failures.push(error)
      isStopped = true
    } finally {
      running -= 1
      wake()
    }
  })

  try {
    for (;;) {
      yield* reported.splice(0)
      if (running === 0 && reported.length === 0) break
      if (reported.length === 0) await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    isStopped = true
    await Promise.all(lanes)
  }
  if (failures.length > 0) throw failures[0]
}
