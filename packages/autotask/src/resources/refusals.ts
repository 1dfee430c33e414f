import type { ConnectionFacts } from '../first-write/connection-facts.ts'

/*
 * Which of Autotask's texts prove that an adjustment was refused.
 *
 * Autotask answers 500 to everything: to a request it checked and declined, and to one that broke half-way
 * through. Only texts of checks that come before anything is stored count as a refusal. Everything else may
 * have been applied and is settled by reading the units, which costs one read; a wrong "refused" would let the
 * next run bill the same change again.
 *
 * Left out on purpose: "Attempt to insert duplicate data into contract_service_period". The database says
 * it in the middle of the write, and it is also what a second copy of a write that succeeded would say. Only where the
 * first write showed that this Autotask refuses every second change of a day is it a refusal too.
 */
const REFUSALS: readonly RegExp[] = [
  /^ContractServiceAdjustment effectiveDate must be between the start date and end date of the Contract referenced by contractID\.?$/i,
  /^Value does not exist for the required field \S+$/i,
  /^\S+ is a required field when /i,
  /^Reference value on field: \S+ of type: \S+ does not exist or is invalid\.?$/i,
  /^Picklist value \[[^\]]*\] does not exist for \S+$/i,
  /^The logged in Resource does not have the adequate permissions to /i,
  /^Unexpected character encountered while parsing value: /i,
  // The screen's words for a change that would touch a posted period: they say that nothing was changed.
  /^Unable to make changes as it would result in the deletion\/modification of an already approved and posted contract period\.?$/i,
]

const DUPLICATE = /^Attempt to insert duplicate data into contract_service_period\.?$/i

/** Whether every one of the texts proves that nothing was changed. No text proves nothing. */
export function areRefusals(texts: readonly string[], facts: ConnectionFacts): boolean {
  const known = facts.secondChangeOfOneDay === 'REFUSED' ? [...REFUSALS, DUPLICATE] : REFUSALS
  return texts.length > 0 && texts.every((text) => known.some((one) => one.test(text.trim())))
}
