/** What repeated measurements of one thing came to. */
export interface Summary {
  readonly median: number
  /** Half the distance between the quartiles. */
  readonly spread: number
}

/** One side of a comparison: does the work once. */
export type Work = () => unknown

/** How often works are timed. */
export interface Rounds {
  readonly rounds: number
  readonly warmUpRounds?: number
  /** Is done before each work and not timed. */
  readonly between?: () => void
}

/**
 * Times several works in the same process, alternating them round by round, so that whatever slows the machine down
 * meets all of them alike. Milliseconds. The first rounds warm up and are not counted.
 */
export async function alternate<Name extends string>(
  works: Readonly<Record<Name, Work>>,
  { rounds, warmUpRounds = 1, between }: Rounds,
): Promise<Record<Name, Summary>> {
  const names = Object.keys(works) as Name[]
  const times = new Map<Name, number[]>(names.map((name) => [name, []]))
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    // Every other round runs backwards: nobody always pays for the garbage of the same neighbour.
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      between?.()
      const startedMs = performance.now()
      await works[name]()
      if (round >= 0) times.get(name)?.push(performance.now() - startedMs)
    }
  }
  return Object.fromEntries(
    names.map((name) => [name, summarize(times.get(name) ?? [])]),
  ) as Record<Name, Summary>
}

/** Median and spread of values, at least one. */
export function summarize(values: readonly number[]): Summary {
  const sorted = values.toSorted((one, other) => one - other)
  return {
    median: quantile(sorted, 0.5),
    spread: (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 2,
  }
}

function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) throw new Error('Nothing was measured.')
  const place = (sorted.length - 1) * share
  const low = sorted[Math.floor(place)] ?? 0
  const high = sorted[Math.ceil(place)] ?? 0
  return low + (high - low) * (place - Math.floor(place))
}
