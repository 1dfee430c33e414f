/** One measured number. */
export interface Figure {
  readonly name: string
  readonly value: number
  /** `ms`, `s`, `calls`, `MB`, `ratio` … */
  readonly unit: string
  /** Half the distance between the quartiles of the repetitions, in the same unit. */
  readonly spread?: number
  /** What the figure is compared with, where it is a ratio. */
  readonly against?: string
  /** What the figure must satisfy, for example `<= 1.0`. */
  readonly bar?: Bar
}

/** A comparison with a number, as it is printed. */
export type Bar = `${'<' | '<=' | '>' | '>=' | '='} ${number}`

/** What a benchmark is given. */
export interface BenchmarkOptions {
  /** Makes the data; the same seed gives the same data. */
  readonly seed: number
  /** Says what is going on, on stderr. */
  readonly say: (line: string) => void
}

/** A benchmark: its name on the command line, and what it measures. */
export interface Benchmark {
  readonly name: string
  readonly measure: (options: BenchmarkOptions) => Promise<readonly Figure[]>
}

/** Whether a figure satisfies its bar; `null` without one. */
export function holdsBar({ value, bar }: Pick<Figure, 'value' | 'bar'>): boolean | null {
  if (bar === undefined) return null
  const [operator = '', limitText = ''] = bar.split(' ')
  const limit = Number(limitText)
  switch (operator) {
    case '<':
      return value < limit
    case '<=':
      return value <= limit
    case '>':
      return value > limit
    case '>=':
      return value >= limit
    case '=':
      return value === limit
    default:
      throw new Error(`A bar is written like "<= 1.0", not "${String(bar)}".`)
  }
}
