import { formatCount } from '../../format/count.ts'
import type { CounterLinePartsFragment, CounterVerdict } from '../../gql/graphql.ts'

/** What a person wants undone. */
export type CounterWish =
  | { readonly kind: 'TAKE_BACK'; readonly adjustmentIds: readonly string[] }
  | { readonly kind: 'TAKE_BACK_RUN'; readonly runId: string }
  | {
      readonly kind: 'RELEASE'
      readonly integrationId: string
      readonly lines: readonly { readonly contractId: string; readonly serviceId: string }[]
    }

/** How a verdict looks: its words, its colour, its icon. Never the colour alone. */
export const verdictLooks: Readonly<
  Record<
    CounterVerdict,
    { label: string; color: 'success' | 'warning' | 'error' | 'neutral'; icon: string }
  >
> = {
  READY: { label: 'Ready', color: 'success', icon: 'i-lucide-circle-check' },
  PARTIAL: { label: 'In part', color: 'warning', icon: 'i-lucide-circle-slash-2' },
  HELD: { label: 'Decide first', color: 'warning', icon: 'i-lucide-circle-pause' },
  IMPOSSIBLE: { label: 'Not possible', color: 'neutral', icon: 'i-lucide-circle-x' },
}

/** True for lines that would be posted. */
export function isPostable({ verdict }: Pick<CounterLinePartsFragment, 'verdict'>): boolean {
  return verdict === 'READY' || verdict === 'PARTIAL'
}

/** The title of the question. */
export function titleOf(wish: CounterWish): string {
  switch (wish.kind) {
    case 'TAKE_BACK':
      return `Take back ${formatCount(wish.adjustmentIds.length, 'adjustment')}`
    case 'TAKE_BACK_RUN':
      return 'Take back this run'
    case 'RELEASE':
      return `Release ${formatCount(wish.lines.length, 'line')}`
  }
}

/** What the next run does with a line after it was taken back. */
export function describeNext(
  { changes, nextRunUnits }: CounterLinePartsFragment,
  stops: boolean,
): string {
  if (stops) return 'Leaves it alone: stopped'
  if (nextRunUnits === null) return 'Leaves it alone'
  const after = changes.at(-1)?.after ?? null
  return nextRunUnits === after ? 'Nothing to change' : `Bills ${nextRunUnits} again`
}
