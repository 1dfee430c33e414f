import type { Customer } from '../generation/customers.ts'

interface Share {
  customer: Customer
  devices: number
}

/**
 * Display names for the virtual servers of these customers: what a technician calls them, each once. Two show what
 * people's keyboards do: the largest customer that can be spelt without its accents has an empty virtual server of
 * earlier times under that spelling (it takes the place of the customer without devices), and the next one is written
 * with decomposed letters, which look the same and are not.
 */
export function nameVirtualServers(shares: readonly Share[]): string[] {
  const names = uniqueNames(shares.map(({ customer }) => customer))
  const accented = shares
    .map(({ devices }, position) => ({ devices, position, name: names[position] ?? '' }))
    .filter(({ devices, name }) => devices > 0 && withoutMarks(name) !== name)
    .toSorted((one, other) => other.devices - one.devices || one.position - other.position)
  const empty = shares.findIndex(({ devices }) => devices === 0)
  const [first, second] = accented
  if (first && empty >= 0) names[empty] = withoutMarks(first.name)
  if (second) names[second.position] = second.name.normalize('NFD')
  return names
}

/** Short names; where two customers share one, the city and then a number tell them apart. */
function uniqueNames(customers: readonly Customer[]): string[] {
  const taken = new Set<string>()
  return customers.map(({ shortName, city }) => {
    let name = taken.has(shortName) ? `${shortName} ${city}` : shortName
    for (let number = 2; taken.has(name); number += 1) name = `${shortName} ${city} ${number}`
    taken.add(name)
    return name
  })
}

function withoutMarks(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll('ß', 'ss')
}
