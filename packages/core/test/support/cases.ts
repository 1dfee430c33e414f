import fc from 'fast-check'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** How many cases each law is tried on, and how many histories the model check plays. */
    readonly cases: number
    readonly histories: number
  }
}

/** Something that must hold in every case. It throws where it does not. */
export interface Law<T> {
  readonly name: string
  readonly holds: (value: T) => void | Promise<void>
}

/** So many cases for a property that is not asynchronous. */
export function cases(): { numRuns: number } {
  return { numRuns: inject('cases') }
}

/** Tries a law on many cases; throws with the shrunk case and the seed that repeats it. */
export async function tryLaw<T>(arbitrary: fc.Arbitrary<T>, holds: Law<T>['holds']): Promise<void> {
  const property = fc.asyncProperty(arbitrary, async (value) => {
    await holds(value)
  })
  await fc.assert(property, cases())
}

/** Throws unless both are the same as JSON. */
export function mustEqual(actual: unknown, expected: unknown, what: string): void {
  const [seen, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (seen !== wanted) throw new Error(`${what}:\n  is     ${seen}\n  should ${wanted}`)
}

/** Throws unless `condition` holds. */
export function must(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what)
}
