/** A list of which one key's values are asked at a time. */
export interface Sections<Key extends string, Value> {
  /** The key's values in the order in which they were given. */
  of(key: Key): readonly Value[]
  /** Nothing more will be asked: the last moment to notice that an answer was not all there is. */
  finish(): void
}

/** One of the two ways to make {@link Sections}. */
export type CreateSections = <Key extends string, Value>(
  values: readonly Value[],
  keyOf: (value: Value) => Key,
) => Sections<Key, Value>

/** A list is not sorted by its key, or its keys are not asked in ascending order: {@link walkSections} is of no use. */
export class OutOfOrderError extends Error {
  override readonly name = 'OutOfOrderError'
}

/**
 * Goes through a sorted list once, for keys that are asked in ascending order. Each value is so fetched from memory once
 * and nothing is made that grows with the list, so that a line among a million costs what it costs among a thousand.
 * Throws an {@link OutOfOrderError} as soon as it is seen that an answer may not have been all there is.
 */
export const walkSections: CreateSections = <Key extends string, Value>(
  values: readonly Value[],
  keyOf: (value: Value) => Key,
): Sections<Key, Value> => {
  let next = 0
  let passed: Key | null = null
  let answer: readonly Value[] = []

  function keyAt(position: number): Key | null {
    const value = values[position]
    return value === undefined ? null : keyOf(value)
  }

  function pass(key: Key): void {
    if (passed !== null && key < passed) throw new OutOfOrderError()
    passed = key
  }

  function skipTo(key: Key | null): void {
    for (let found = keyAt(next); found !== null; found = keyAt(next)) {
      if (key !== null && found >= key) return
      pass(found)
      next += 1
    }
  }

  return {
    of: (key) => {
      if (key === passed) return answer
      skipTo(key)
      pass(key)
      const start = next
      while (keyAt(next) === key) next += 1
      answer = values.slice(start, next)
      return answer
    },
    finish: () => skipTo(null),
  }
}

/** Chains each key's values before anything is asked: for lists and questions in whatever order. */
export const chainSections: CreateSections = <Key extends string, Value>(
  values: readonly Value[],
  keyOf: (value: Value) => Key,
): Sections<Key, Value> => {
  const first = new Map<Key, number>()
  const next = new Int32Array(values.length)
  for (let position = values.length - 1; position >= 0; position -= 1) {
    const value = values[position]
    if (value === undefined) continue
    const key = keyOf(value)
    next[position] = first.get(key) ?? END
    first.set(key, position)
  }
  return {
    of: (key) => {
      const found: Value[] = []
      for (let at = first.get(key) ?? END; at !== END; at = next[at] ?? END) {
        const value = values[at]
        if (value !== undefined) found.push(value)
      }
      return found
    },
    finish: () => {},
  }
}

const END = -1
