import type { WrittenState } from '../billed.ts'
import type { Contract } from '../ledger.ts'
import type { AdjustmentIntent, ContractLock, Settlement } from '../ports.ts'
import type { Day } from '../values/day.ts'
import { earlierDay } from '../values/day.ts'
import type { ContractId } from '../values/ids.ts'
import type { RunEvent } from './events.ts'
import type { Verdict } from './judge.ts'
import { judgeIntent } from './judge.ts'
import type { ReadyParts } from './parts.ts'
import { readIntents } from './read-intents.ts'

/**
 * Ends what earlier runs left open, by reading and never by repeating (product.md, rule 17). Whoever left it open is
 * gone when its contract can be locked, but its last post may still be applied: an unchanged line is therefore read a
 * second time after the PSA's cut-off before it is called lapsed. Contracts that another writer has are left alone.
 */
export async function* settleLeftovers(
  parts: ReadyParts,
  day: Day,
): AsyncGenerator<RunEvent, void> {
  const seen = await parts.journal.readUnsettled()
  const locks = await lockAll(parts, seen)
  try {
    const again = locks.size === 0 ? [] : await parts.journal.readUnsettled()
    const mine = again.filter((intent) => locks.has(intent.contract))
    const unchanged = yield* settleRound(parts, day, mine, toFirstSettlement)
    if (unchanged.length === 0) return
    await parts.clock.sleep(parts.limits.unknownWaitMs, parts.options.signal)
    if (parts.options.signal?.aborted === true) return
    yield* settleRound(parts, day, unchanged, toFinalSettlement)
  } finally {
    for (const lock of locks.values()) await lock.release()
  }
}

async function lockAll(
  { journal }: ReadyParts,
  intents: readonly AdjustmentIntent[],
): Promise<Map<ContractId, ContractLock>> {
  const locks = new Map<ContractId, ContractLock>()
  for (const contract of [...new Set(intents.map((intent) => intent.contract))].sort()) {
    const lock = await journal.lockContract(contract)
    if (lock !== null) locks.set(contract, lock)
  }
  return locks
}

/** Reads once and settles what the reading decides; gives back what it does not. */
async function* settleRound(
  { ledger, journal, options }: ReadyParts,
  day: Day,
  intents: readonly AdjustmentIntent[],
  toSettlement: (verdict: Verdict) => Settlement | null,
): AsyncGenerator<RunEvent, readonly AdjustmentIntent[]> {
  if (intents.length === 0) return []
  const contracts = [...new Set(intents.map((intent) => intent.contract))]
  const fromDay = intents.reduce((first, intent) => earlierDay(first, intent.effectiveDay), day)
  const { contracts: known } = await ledger.readLedger({ contracts, fromDay }, options)
  const readOf = await readIntents({ ledger, options }, intents)
  const contractsById = new Map(known.map((contract) => [contract.id, contract]))
  const open: AdjustmentIntent[] = []
  for (const intent of intents) {
    const contract = contractsById.get(intent.contract)
    const settlement = toSettlement(judge(intent, contract, readOf(intent.contract)))
    if (settlement === null) {
      open.push(intent)
      continue
    }
    await journal.settle(intent.key, settlement)
    yield { kind: 'settled', intent, settlement }
  }
  return open
}

function judge(
  intent: AdjustmentIntent,
  contract: Contract | undefined,
  read: WrittenState,
): Verdict {
  if (contract === undefined || contract.periodMonths === null) {
    return { kind: 'OTHER', unitsSeen: null }
  }
  // Whoever posted it is gone, and the answer with it.
  return judgeIntent({ intent, contract, isAccepted: false }, read)
}

function toFirstSettlement(verdict: Verdict): Settlement | null {
  switch (verdict.kind) {
    case 'AT_TARGET':
      return { kind: 'CONFIRMED', line: verdict.line, units: verdict.units }
    case 'OTHER':
      return { kind: 'UNKNOWN', reason: 'UNITS_DIFFER', unitsSeen: verdict.unitsSeen }
    case 'UNSEEN':
      return { kind: 'UNKNOWN', reason: 'CHANGE_NOT_VISIBLE', unitsSeen: verdict.unitsSeen }
    case 'UNCHANGED':
      return null
  }
}

function toFinalSettlement(verdict: Verdict): Settlement {
  return toFirstSettlement(verdict) ?? { kind: 'LAPSED', reason: 'UNCHANGED_AFTER_CUT_OFF' }
}
