import type { ContractLedger } from '../../src/ports.ts'

/** Turns a post is under way for: enough for everything else that may be done meanwhile to be begun. */
const TURNS_OF_A_POST = 20

/** A PSA that takes its time for a post, and counts how many are under way at once. */
export function watchPosts(ledger: ContractLedger): {
  readonly ledger: ContractLedger
  readonly mostAtOnce: () => number
} {
  let [underWay, most] = [0, 0]
  const applyAdjustment: ContractLedger['applyAdjustment'] = async (request, options) => {
    underWay += 1
    most = Math.max(most, underWay)
    for (let turn = 0; turn < TURNS_OF_A_POST; turn += 1) await Promise.resolve()
    underWay -= 1
    return ledger.applyAdjustment(request, options)
  }
  return { ledger: { ...ledger, applyAdjustment }, mostAtOnce: () => most }
}
