import { decideHold, type Hold, type HoldExit } from '@trueup/core'
import type { SandboxState } from '@trueup/sandbox'
import type { Memory } from './billing-program.ts'
import type { Dice } from './dice.ts'
import { lineName, type Office } from './office.ts'
import { countUnits } from './truth.ts'

/** What a person looks at who decides about holds. */
export interface Desk {
  readonly office: Office
  readonly memory: Memory
  readonly dice: Dice
  /** Autotask as it is now. */
  readonly state: SandboxState
}

/**
 * Decides about every hold, as a person in the admin does. Returns whether anything was decided that the next run will
 * see. Only ways out whose outcome a person can foresee are taken: a line whose rows say different things is restored.
 */
export async function decideHolds(holds: readonly Hold[], desk: Desk): Promise<boolean> {
  let hasDecided = false
  for (const hold of holds) {
    const exit = chooseExit(hold, desk)
    if (exit === 'DISMISS') continue
    hasDecided = true
    await decide(hold, exit, desk)
  }
  return hasDecided
}

async function decide(hold: Hold, exit: HoldExit, desk: Desk): Promise<void> {
  const { journal } = desk.memory
  const { contract, service } = hold.adjustment
  const decision = decideHold(hold, exit, journal.record(contract, service))
  if (decision.kind === 'RECORD') journal.putRecord(decision.record)
  if (decision.kind === 'SETTLEMENT') await journal.settle(decision.key, decision.settlement)
  if (decision.kind === 'APPROVAL') desk.memory.approvals.push(decision.approval)
  remember(hold, exit, desk)
}

function chooseExit(hold: Hold, { dice, state }: Desk): HoldExit {
  const isUniform = uniformUnits(hold, state) !== null
  switch (hold.code) {
    case 'UNOWNED_UNITS':
      if (dice.chance(0.1)) return 'STOP'
      return isUniform && dice.chance(0.5) ? 'KEEP_BASELINE' : 'OWN_LINE'
    case 'DRIFT':
      if (dice.chance(0.1)) return 'STOP'
      return isUniform && dice.chance(0.5) ? 'ADOPT' : 'RESTORE'
    case 'UNSETTLED_ADJUSTMENT':
      return 'ADOPT'
    case 'AMBIGUOUS_LINE':
    case 'UNREADABLE_LINE':
      return 'DISMISS'
    case 'LINE_LIMIT_UNITS':
    case 'LINE_LIMIT_PERCENT':
    case 'LINE_LIMIT_MONEY':
    case 'DROP_TO_ZERO':
    case 'DOUBLED':
    case 'RUN_LIMIT_UNITS':
    case 'RUN_LIMIT_PERCENT':
    case 'RUN_LIMIT_MONEY':
      return 'APPROVE'
  }
}

/** What the decision means for the units that are right from now on. */
function remember(hold: Hold, exit: HoldExit, { office, state }: Desk): void {
  const { tenant, contract, service } = hold.adjustment
  const name = lineName(contract, service)
  const units = uniformUnits(hold, state) ?? 0
  if (exit === 'STOP') office.stopped.add(name)
  if (exit === 'OWN_LINE') office.baselines.set(name, 0)
  if (exit === 'KEEP_BASELINE') office.baselines.set(name, units)
  if (exit === 'ADOPT' && hold.code === 'DRIFT') {
    office.baselines.set(name, units - countUnits(state, office, { tenant, service }))
  }
}

/** The units of a line where all its open periods from now on carry the same; else null. */
function uniformUnits({ adjustment }: Hold, { lines, day }: SandboxState): number | null {
  const name = lineName(adjustment.contract, adjustment.service)
  const line = lines.find((one) => lineName(one.contractID, one.serviceID) === name)
  const rows = (line?.unitPeriods ?? []).filter((row) => row.endDate >= day)
  const units = new Set(rows.map((row) => row.units))
  return units.size === 1 ? (rows[0]?.units ?? null) : null
}
