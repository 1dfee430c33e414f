import { VendorError } from '@trueup/core'
import { toProblem, type Problem } from '../../problems.ts'
import { integrationSubject, vendorFailed } from '../integration/integration-problems.ts'
import type { IntegrationRow } from '../integration/integration.entity.ts'
import type { AdjustmentRow } from '../adjustment/adjustment.entity.ts'

/** Somebody else is running this integration right now. */
export function runUnderWay(integration: IntegrationRow): Problem {
  return toProblem('RUN_UNDER_WAY', integrationSubject(integration))
}

/** There is no adjustment with that id. */
export function adjustmentNotFound(id: string): Problem {
  return toProblem('ADJUSTMENT_NOT_FOUND', { kind: 'LINE', id, name: id })
}

/** The adjustment is not at a status from which this can be done. */
export function adjustmentNotOpen(row: AdjustmentRow): Problem {
  const subject = { kind: 'LINE', id: row.id, name: row.planned.key } as const
  return toProblem('ADJUSTMENT_NOT_OPEN', subject, { status: row.status })
}

/** Why a run ended before it was done. A fault of our own says no more than that; the log has it. */
export function toRunProblem(integration: IntegrationRow, error: unknown): Problem {
  return error instanceof VendorError
    ? vendorFailed(integration, error)
    : toProblem('RUN_BROKE_OFF', integrationSubject(integration))
}
