import type { Day } from '@trueup/core'
import type { ContractRow } from './contract.entity.ts'

/** Why a contract cannot be chosen (product.md, rules 7 and 22). */
export type ContractUnavailable = 'NOT_LISTED' | 'NOT_RECURRING_SERVICE' | 'ENDED' | 'NOT_STARTED'

/** Why a contract cannot be chosen on a day; `null` when it can. */
export function whyUnavailable(
  contract: Pick<ContractRow, 'isPresent' | 'isRecurringService' | 'startDay' | 'endDay'>,
  today: Day,
): ContractUnavailable | null {
  if (!contract.isPresent) return 'NOT_LISTED'
  if (!contract.isRecurringService) return 'NOT_RECURRING_SERVICE'
  if (contract.endDay < today) return 'ENDED'
  if (contract.startDay > today) return 'NOT_STARTED'
  return null
}

/** The same as a condition on stored contracts. */
export function availableOn(today: Day): {
  isPresent: true
  isRecurringService: true
  startDay: { $lte: Day }
  endDay: { $gte: Day }
} {
  return {
    isPresent: true,
    isRecurringService: true,
    startDay: { $lte: today },
    endDay: { $gte: today },
  }
}
