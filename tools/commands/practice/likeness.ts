/**
 * Pairs names of two lists that a person would take for the same customer, best pairs first, each name once. Legal
 * forms, towns, accents and slips of the pen do not matter; names that resemble nothing stay alone.
 */
export function pairByLikeness<Left extends Named, Right extends Named>(
  left: readonly Left[],
  right: readonly Right[],
): Map<Left, Right> {
  const rightParts = right.map((item) => ({ item, parts: partsOf(item.name) }))
  const candidates = left
    .flatMap((one) => {
      const parts = partsOf(one.name)
      return rightParts.map((other) => ({
        one,
        other: other.item,
        likeness: overlap(parts, other.parts),
      }))
    })
    .filter(({ likeness }) => likeness >= leastLikeness)
    .toSorted((a, b) => b.likeness - a.likeness)
  const pairs = new Map<Left, Right>()
  const taken = new Set<Right>()
  for (const { one, other } of candidates) {
    if (pairs.has(one) || taken.has(other)) continue
    pairs.set(one, other)
    taken.add(other)
  }
  return pairs
}

interface Named {
  readonly name: string
}

const leastLikeness = 0.7

/** Pairs of letters of the folded name, without legal forms and what stands in brackets. */
function partsOf(name: string): Set<string> {
  const folded = name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/([aou])e/gu, '$1')
    .replaceAll(/\([^)]*\)|,.*$/gu, ' ')
    .replaceAll(
      /\b(?:gmbh|mbh|co|kg|ag|ohg|ek|sarl|sas|eurl|srl|spa|ltd|llp|inc|bv|nv)\b|[^a-z0-9]+/gu,
      ' ',
    )
  const words = folded
    .trim()
    .split(' ')
    .filter((word) => word.length > 1)
  return new Set(
    words.flatMap((word) => word.split('').map((letter, at) => letter + (word[at + 1] ?? '_'))),
  )
}

/** Share of what both have in what both have on average, 0 to 1. */
function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size + other.size === 0) return 0
  const shared = [...one].filter((part) => other.has(part)).length
  return (2 * shared) / (one.size + other.size)
}
