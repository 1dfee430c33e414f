import type { Contract, ContractService, Day, LedgerState, LineId, UnitPeriod } from '@trueup/core'
import { isPeriodStart } from './mid-period.ts'

/** A change by one unit that is undone at once: the first thing that is written to a real tenant. */
export interface FirstWriteProposal {
  readonly contract: Contract
  readonly line: ContractService
  /** A period start as far ahead as there is, so that nothing of it is invoiced before a person has seen it. */
  readonly effectiveDay: Day
  /** Units on the line from that day on. */
  readonly before: number
}

/** Why a line cannot be used for the first write. */
export type FirstWriteObstacle = 'LINE_NOT_FOUND' | 'NO_OPEN_PERIOD_AHEAD'

/**
 * Proposes the first write on a line of a person's choice: the last open period start behind `day` that has a
 * period after it, so that it can be seen whether later periods follow; the last one at all otherwise.
 */
export function proposeFirstWrite(
  state: Pick<LedgerState, 'contracts' | 'lines' | 'unitPeriods'>,
  lineId: LineId,
  day: Day,
): FirstWriteProposal | FirstWriteObstacle {
  const line = state.lines.find(({ id }) => id === lineId)
  const contract = state.contracts.find(({ id }) => id === line?.contract)
  if (line === undefined || contract === undefined) return 'LINE_NOT_FOUND'
  const ahead = state.unitPeriods
    .filter((period) => period.line === line.id && isOpenStart(contract, period, day))
    .toSorted((one, other) => (one.startDay < other.startDay ? -1 : 1))
  const chosen = ahead.at(-2) ?? ahead.at(-1)
  if (chosen === undefined) return 'NO_OPEN_PERIOD_AHEAD'
  return { contract, line, effectiveDay: chosen.startDay, before: chosen.units }
}

function isOpenStart(contract: Contract, period: UnitPeriod, day: Day): boolean {
  return (
    period.startDay > day && period.postedDay === null && isPeriodStart(contract, period.startDay)
  )
}
