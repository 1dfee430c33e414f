import { formatCount } from '../../format/count.ts'
import type { ReplayQuery, ReplayUnavailable } from '../../gql/graphql.ts'

type Replay = NonNullable<ReplayQuery['replay']>
type Change = Replay['differences'][number]['written']

/** Why a run cannot be computed again, in one sentence. */
export const unavailableWords: Readonly<Record<ReplayUnavailable, string>> = {
  PREVIEW: 'A preview is not kept: it posted nothing.',
  NOT_PLANNED: 'The run failed before it had a plan.',
  NOT_STORED:
    'What this run was computed from is not stored. It is older than 400 days, or from before Trueup kept it.',
}

/** What came out, in one sentence. */
export function describeOutcome({ differences, linesCompared, adjustments }: Replay): string {
  const what = `${formatCount(linesCompared, 'line')} compared, ${formatCount(adjustments, 'adjustment')} to post`
  return differences.length === 0
    ? `No difference: ${what}, exactly as it was written.`
    : `${formatCount(differences.length, 'difference')} to what was written: ${what}.`
}

/** Units before and after, or that there is nothing. */
export function describeChange(change: Change, nothing: string): string {
  return change === null ? nothing : `${change.before} to ${change.after}`
}
