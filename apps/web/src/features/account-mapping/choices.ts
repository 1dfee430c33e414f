import { formatDay, formatDaySpan } from '../../format/day.ts'
import type { AccountChoiceFragment, ContractPartsFragment } from '../../gql/graphql.ts'
import type { Choice } from '../../ui/choice/choice.ts'
import type { StagedHolders } from './mapping-draft.ts'

/** An account to choose for `tenantId`; one that another tenant holds, saved or staged, says who. */
export function toAccountChoice(
  account: AccountChoiceFragment,
  tenantId: string,
  staged: StagedHolders,
): Choice {
  const stagedHolder = staged.taken.get(account.id)
  const savedHolder = staged.released.has(account.id) ? null : account.takenBy
  const unavailable =
    stagedHolder !== undefined && stagedHolder.id !== tenantId
      ? `Taken by ${stagedHolder.name} (not saved yet)`
      : savedHolder !== null && savedHolder.id !== tenantId
        ? `Taken by ${savedHolder.name}`
        : undefined
  const choice = {
    id: account.id,
    label: account.name,
    description: `Autotask id ${account.externalId}`,
  }
  return unavailable === undefined ? choice : { ...choice, unavailable }
}

/** A contract to choose, with its days; one that cannot be billed on says why. */
export function toContractChoice(contract: ContractPartsFragment): Choice {
  const unavailable = explainUnavailable(contract)
  const span = formatDaySpan(contract.startDay, contract.endDay)
  const choice = { id: contract.id, label: contract.name, description: span }
  return unavailable === null ? choice : { ...choice, unavailable: `${unavailable} (${span})` }
}

/** Why a contract cannot be billed on today; null when it can. */
export function explainUnavailable({
  unavailableBecause,
  startDay,
  endDay,
}: ContractPartsFragment): string | null {
  switch (unavailableBecause) {
    case 'NOT_LISTED':
      return 'Autotask no longer lists it'
    case 'NOT_RECURRING_SERVICE':
      return 'Not a recurring service contract'
    case 'ENDED':
      return `Ended on ${formatDay(endDay)}`
    case 'NOT_STARTED':
      return `Starts on ${formatDay(startDay)}`
    case null:
      return null
  }
}

/**
 * The part of a customer's name by which its account is most likely found: the first run of four plain letters
 * or digits. Written names differ in their accents: "Amstütz Käserei" is "Amstuetz Kaeserei AG" in Autotask, and
 * "amst" finds both.
 */
export function findTellingPart(name: string): string {
  return /[a-z0-9]{4,}/i.exec(name)?.[0] ?? name
}
