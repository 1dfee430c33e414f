import fc from 'fast-check'

/**
 * Choices made from a tape of numbers that fast-check generates and shrinks. Zero is always the plainest choice and a
 * tape that has run out gives zeros, so a failing case shrinks to a plain one; and it is much faster than composing
 * generators, which is what lets each law be tried ten thousand times.
 */
export interface Draw {
  /** 0 to `max`, both included. */
  upTo(max: number): number
  /** True once in `times`; never on an empty tape. */
  once(times: number): boolean
  /** One of them; the first on an empty tape. */
  pick<T>(from: readonly T[]): T
  /** Each of them with a chance of a half. */
  some<T>(from: readonly T[]): T[]
}

/** Anything that can be made by drawing. */
export function drawn<T>(make: (draw: Draw) => T): fc.Arbitrary<T> {
  return fc
    .array(fc.nat({ max: 0xffff }), { minLength: 40, maxLength: 160, size: 'max' })
    .map((tape) => make(createDraw(tape)))
}

function createDraw(tape: readonly number[]): Draw {
  let position = 0
  const next = (): number => {
    position += 1
    return tape[position - 1] ?? 0
  }
  const upTo = (max: number): number => next() % (max + 1)
  return {
    upTo,
    once: (times) => upTo(times - 1) === times - 1,
    pick: (from) => {
      const chosen = from[upTo(from.length - 1)]
      if (chosen === undefined) throw new RangeError('nothing to pick from')
      return chosen
    },
    some: (from) => from.filter(() => upTo(1) === 1),
  }
}
