import type { Switches } from '@trueup/sandbox'

/**
 * What Autotask does not document the adapter must not depend on: first every switch of the practice world as it
 * stands by itself, then each other position of each switch. `threadLimit` and the like are limits, not readings.
 */
export const SWITCH_POSITIONS: readonly Partial<Switches>[] = [
  {},
  { authStatuses: 'old' },
  { dateZone: 'none' },
  { changeRowUnits: 'difference' },
  { changedPeriodRow: 'cut' },
  { postedPeriod: 'skip' },
  { postedPeriod: 'reject' },
  { zeroUnits: 'refuse' },
  { zeroUnits: 'deleteRows' },
  { periodStartRepeat: 'refuse' },
  { adjustmentItemId: 'number' },
  { changeItemPeriodId: 'own' },
  { missingItem: '404' },
  { fullLastPage: 'open' },
  { thresholdReached: 'count' },
  { suspensionRetryAfter: false },
  { thresholdLatency: true, thresholdStepMs: 1 },
  { threadLimit: 2 },
  { deniedQuery: 'error' },
]
