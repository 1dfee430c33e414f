/**
 * One promise of a port as a test: its name is the promise. For any test runner; with vitest:
 * `test.each(journalSuite(open))('$name', async ({ run }) => { await expect(run()).resolves.toBeUndefined() })`.
 */
export interface ConformanceTest {
  readonly name: string
  readonly run: () => Promise<void>
}

/** What a suite works on, and how to put it away afterwards. */
export interface Subject {
  close?(): Promise<void>
}

/** A promise that was not kept. */
export class ConformanceError extends Error {
  override readonly name = 'ConformanceError'
}

/** Throws unless `condition` holds; says what was promised and what was seen. */
export function check(condition: boolean, promise: string, seen?: unknown): asserts condition {
  if (condition) return
  const text = seen === undefined ? '' : `; seen: ${JSON.stringify(seen)}`
  throw new ConformanceError(`${promise}${text}`)
}

/** Throws unless both values are the same as JSON. */
export function checkEqual(actual: unknown, expected: unknown, promise: string): void {
  const [seen, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
  check(seen === wanted, `${promise}: expected ${wanted}`, actual)
}

/** A test that opens a fresh subject, works on it and closes it whatever happens. */
export function conformanceTest<S extends Subject>(
  name: string,
  open: () => Promise<S>,
  work: (subject: S) => Promise<void>,
): ConformanceTest {
  return {
    name,
    run: async () => {
      const subject = await open()
      try {
        await work(subject)
      } finally {
        await subject.close?.()
      }
    },
  }
}
