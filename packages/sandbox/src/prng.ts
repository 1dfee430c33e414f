/** A seeded generator: the same seed gives the same numbers on every machine. */
export interface Prng {
  /** A number in [0, 1). */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number
  /** True with the given probability. */
  chance(probability: number): boolean
  /** One element; throws on an empty list. */
  pick<Item>(items: readonly Item[]): Item
  /** A shuffled copy. */
  shuffle<Item>(items: readonly Item[]): Item[]
  /**
   * An independent generator named by `label`. It depends on the seed and the label only, so a new draw in one part of
   * the world does not change all others.
   */
  fork(label: string): Prng
}

/** Makes a generator from any whole number. */
export function createPrng(seed: number): Prng {
  let state = seed >>> 0
  // mulberry32: 32 bits of state, good enough for worlds, and short enough to read.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const integer = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick: (items) => pickAt(items, integer(0, items.length - 1)),
    shuffle: (items) => shuffled(items, integer),
    fork: (label) => createPrng(hashOf(`${seed}:${label}`)),
  }
}

function pickAt<Item>(items: readonly Item[], index: number): Item {
  if (items.length === 0) throw new RangeError('cannot pick from an empty list')
  return items[index] as Item
}

function shuffled<Item>(items: readonly Item[], integer: Prng['integer']): Item[] {
  const copy = [...items]
  for (let index = copy.length - 1; index > 0; index -= 1) {
    const other = integer(0, index)
    const kept = copy[index] as Item
    copy[index] = copy[other] as Item
    copy[other] = kept
  }
  return copy
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) {
    hash ^= character.codePointAt(0) ?? 0
    hash = Math.imul(hash, 0x01000193)
  }
  return hash >>> 0
}
