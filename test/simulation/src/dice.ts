import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { mersenne } from 'pure-rand/generator/mersenne'

/** Chance that a seed decides: the same seed throws the same. */
export interface Dice {
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number
  /** True with the given probability. */
  chance(probability: number): boolean
  /** One of them; throws on an empty list. */
  pick<Item>(items: readonly Item[]): Item
}

/** Dice of a seed. */
export function createDice(seed: number): Dice {
  // Of pure-rand's generators the one whose first numbers differ between neighbouring seeds.
  const generator = mersenne(seed)
  const integer = (low: number, high: number) => uniformInt(generator, low, high)
  return {
    integer,
    chance: (probability) => integer(1, 1_000_000) <= probability * 1_000_000,
    pick: (items) => {
      const index = integer(0, items.length - 1)
      const picked = items[index]
      if (picked === undefined) throw new RangeError('cannot pick from an empty list')
      return picked
    },
  }
}
