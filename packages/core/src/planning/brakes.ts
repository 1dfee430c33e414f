import { holdFor } from '../guard.ts'
import type { HoldReason } from '../guard.ts'
import type { BrakeLimits } from '../settings.ts'
import type { AccountId } from '../values/ids.ts'
import type { DecimalText } from '../values/money.ts'
import { absoluteMoney, addMoney, compareMoney, exceedsMoney, ZERO_MONEY } from '../values/money.ts'

/** Lines below this many units may change by any per cent: of 3 units, one more is already a third. */
const PERCENT_FROM_UNITS = 10
const DROP_FROM_UNITS = 2
const DOUBLED_FROM_UNITS = 5

/** The largest change a line sees on any day. */
export interface LineChange {
  readonly before: number
  readonly after: number
  /** Money it adds to a whole period; `null` when the price is unknown. */
  readonly money: DecimalText | null
}

/** The first brake of a line that its change is over, or `null` (product.md, rule 12). */
export function brakeLine(change: LineChange, limits: BrakeLimits): HoldReason | null {
  const { before, after, money } = change
  const units = Math.abs(after - before)
  const facts = { before, after, limit: null }
  if (limits.holdDropToZero && after === 0 && before >= DROP_FROM_UNITS) {
    return holdFor('DROP_TO_ZERO', facts)
  }
  if (limits.holdDoubled && before >= DOUBLED_FROM_UNITS && after >= 2 * before) {
    return holdFor('DOUBLED', facts)
  }
  if (limits.lineUnits !== null && units > limits.lineUnits) {
    return holdFor('LINE_LIMIT_UNITS', { ...facts, limit: limits.lineUnits })
  }
  const percent = limits.linePercent
  if (percent !== null && before >= PERCENT_FROM_UNITS && units * 100 > before * percent) {
    return holdFor('LINE_LIMIT_PERCENT', { ...facts, limit: percent })
  }
  if (limits.lineMoney !== null && money !== null && exceedsMoney(money, limits.lineMoney)) {
    return holdFor('LINE_LIMIT_MONEY', { ...facts, limit: limits.lineMoney })
  }
  return null
}

/** What one account would change in this run, without lines that are held anyway. */
export interface AccountChange {
  readonly account: AccountId
  /** In absolute numbers. */
  readonly units: number
  /** Absolute money per period, where prices are known. */
  readonly money: DecimalText
}

/**
 * The accounts to park so that what is left stays within the run's limits: the largest first, because a fault at the
 * source shows as few large changes beside many small ones, and the small ones are to go on.
 */
export function brakeRun(
  changes: readonly AccountChange[],
  billedUnits: number,
  { runUnits, runPercent, runMoney }: BrakeLimits,
): ReadonlyMap<AccountId, HoldReason> {
  const parked = new Map<AccountId, HoldReason>()
  if (runUnits !== null) {
    parkUnits(changes, runUnits, parked, (facts) =>
      holdFor('RUN_LIMIT_UNITS', { ...facts, limit: runUnits }),
    )
  }
  if (runPercent !== null && billedUnits >= PERCENT_FROM_UNITS) {
    parkUnits(changes, (billedUnits * runPercent) / 100, parked, (facts) =>
      holdFor('RUN_LIMIT_PERCENT', { ...facts, billedUnits, limit: runPercent }),
    )
  }
  parkMoney(changes, runMoney, parked)
  return parked
}

function parkUnits(
  changes: readonly AccountChange[],
  mostUnits: number,
  parked: Map<AccountId, HoldReason>,
  toReason: (facts: { readonly runUnits: number; readonly accountUnits: number }) => HoldReason,
): void {
  const going = changes.filter(({ account }) => !parked.has(account))
  const runUnits = going.reduce((sum, { units }) => sum + units, 0)
  const largestFirst = going.toSorted(
    (a, b) => b.units - a.units || compareIds(a.account, b.account),
  )
  let left = runUnits
  for (const { account, units } of largestFirst) {
    if (left <= mostUnits) return
    parked.set(account, toReason({ runUnits, accountUnits: units }))
    left -= units
  }
}

function parkMoney(
  changes: readonly AccountChange[],
  limit: DecimalText | null,
  parked: Map<AccountId, HoldReason>,
): void {
  if (limit === null) return
  const going = changes.filter((change) => !parked.has(change.account))
  const smallestFirst = [...going].sort(
    (a, b) => compareMoney(a.money, b.money) || compareIds(b.account, a.account),
  )
  const runMoney = going.reduce((sum, change) => addMoney(sum, change.money), ZERO_MONEY)
  let total = ZERO_MONEY
  for (const change of smallestFirst) {
    total = addMoney(total, absoluteMoney(change.money))
    if (!exceedsMoney(total, limit)) continue
    parked.set(
      change.account,
      holdFor('RUN_LIMIT_MONEY', { runMoney, accountMoney: change.money, limit }),
    )
  }
}

function compareIds(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
