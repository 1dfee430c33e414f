import type { Plan } from '../plan.ts'
import type { ReadOptions } from '../ports.ts'
import type { ReconcileInput } from '../reconcile.ts'
import { reconcile } from '../reconcile.ts'
import type { ContractId } from '../values/ids.ts'
import type { RunParts } from './parts.ts'

/** What a run is about: settings, mappings and readings. The contracts and the journal are read by the run itself. */
export type RunRequest = Omit<ReconcileInput, 'ledger' | 'lineRecords'>

/** A plan with everything it was computed from: stored together, the day can be replayed. */
export interface PlannedRun {
  readonly plan: Plan
  readonly input: ReconcileInput
}

/**
 * Reads the journal and the contracts and plans: the preview, and the first half of every run. Changes nothing.
 * The journal is read before the contracts: what another run writes in between then either shows in the contracts or
 * makes our ordinals old, and never looks like something that still has to be written.
 * Throws `VendorError` when the contracts cannot be read completely; there is no plan on a part of them.
 */
export async function planRun(
  parts: Pick<RunParts, 'ledger' | 'journal'>,
  request: RunRequest,
  options: ReadOptions = {},
): Promise<PlannedRun> {
  const contracts = listContracts(request)
  const lineRecords = await parts.journal.readLineRecords(contracts)
  const ledger = await parts.ledger.readLedger({ contracts, fromDay: request.day }, options)
  const input = { ...request, ledger, lineRecords }
  return { plan: reconcile(input), input }
}

/** Contracts of customers that are billed: what nobody bills need not be read. */
function listContracts(request: RunRequest): ContractId[] {
  const chosen = request.accountMappings
    .filter(({ account, billingEnabled, tenantVanished }) => {
      return account !== null && billingEnabled && !tenantVanished
    })
    .map(({ contract }) => contract)
    .filter((contract) => contract !== null)
  return [...new Set(chosen)].sort()
}
