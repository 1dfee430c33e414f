import type { Prng } from '../../prng.ts'
import { NAME_WORDS, type NameWords } from './names.ts'

/** A customer of the provider, as the world itself knows it: both vendors spell it in their own way. */
export interface Customer {
  /** 1, 2, 3 … */
  id: number
  /** The full name with its legal form, as it would stand on an invoice. */
  name: string
  /** The name as a technician types it, without legal form: what a virtual server tends to be called. */
  shortName: string
  city: string
  /** ISO 3166 code. */
  country: string
  /** How large the customer is against the others, 1 to 100: devices are shared out by it. */
  weight: number
}

/** Customers with different names, drawn from the word lists. */
export function generateCustomers(prng: Prng, count: number): Customer[] {
  const taken = new Set<string>()
  return Array.from({ length: count }, (_, index) => {
    const words = prng.pick(NAME_WORDS)
    const city = prng.pick(words.cities)
    const shortName = freeName(prng, words, { city, taken })
    taken.add(shortName)
    // Most customers are small and a few are large: the cube of an even draw.
    const weight = 1 + Math.floor(99 * prng.next() ** 3)
    const name = `${shortName} ${prng.pick(words.forms)}`
    return { id: index + 1, name, shortName, city, country: words.country, weight }
  })
}

function freeName(
  prng: Prng,
  words: NameWords,
  given: { city: string; taken: ReadonlySet<string> },
): string {
  const parts = [prng.pick(words.families), prng.pick(words.trades)]
  const name = (words.order === 'family first' ? parts : parts.toReversed()).join(' ')
  const candidates = [name, `${name} ${given.city}`]
  for (let branch = 2; ; branch += 1) {
    const free = candidates.find((candidate) => !given.taken.has(candidate))
    if (free !== undefined) return free
    candidates.push(`${name} ${given.city} ${branch}`)
  }
}
