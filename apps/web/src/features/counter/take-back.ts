import type { AdjustmentPartsFragment } from '../../gql/graphql.ts'

/** True for what was proved in Autotask, was not taken back, and is no take-back itself. */
export function canTakeBack({
  status,
  takesBack,
  takenBackBy,
}: Pick<AdjustmentPartsFragment, 'status' | 'takesBack' | 'takenBackBy'>): boolean {
  return status === 'CONFIRMED' && takesBack === null && takenBackBy === null
}
