import type {
  AdjustmentIntent,
  PlannedAdjustment,
  RunEvent,
  Settlement,
  SkipReason,
} from '@trueup/core'
import type { Em } from '../../database/orm.ts'
import { AdjustmentEntity, STALE_TEXT, type AdjustmentRow } from './adjustment.entity.ts'
import type { BillingRunRow } from '../run/billing-run.entity.ts'

/** What one event changes on the adjustments that it is about; all other events change nothing here. */
export async function storeEvent(
  em: Em,
  run: BillingRunRow,
  event: RunEvent,
  at: Date,
): Promise<void> {
  if (event.kind === 'settled') {
    await storeLateSettlement(em, run, event, at)
    return
  }
  if (event.kind === 'stale') {
    const key = event.approval.key
    await update(em, run, key, { status: 'STALE', settledAt: at, outcomeText: STALE_TEXT })
    return
  }
  if (!('adjustment' in event) || event.kind === 'planned') return
  await update(em, run, event.adjustment.key, toChange(event, at))
}

type AdjustmentEvent = Exclude<
  Extract<RunEvent, { adjustment: PlannedAdjustment }>,
  { kind: 'planned' }
>
type Change = Partial<
  Pick<AdjustmentRow, 'status' | 'postedAt' | 'settledAt' | 'outcomeText' | 'unitsReadBack'>
>

const SKIP_TEXTS: Readonly<Record<SkipReason, string>> = {
  CONTRACT_BUSY: 'Another run writes to this contract. The next run plans it again.',
  CONFLICT: 'Another run has changed this line. The next run plans it again.',
  EARLIER_NOT_CONFIRMED:
    'An adjustment of the same line that must come first is not confirmed. The next run plans it again.',
  STOPPED: 'The run was stopped before this was sent. The next run plans it again.',
}

function toChange(event: AdjustmentEvent, at: Date): Change {
  switch (event.kind) {
    case 'posting':
      return { status: 'POSTING', postedAt: at }
    case 'confirmed':
      return {
        status: 'CONFIRMED',
        settledAt: at,
        unitsReadBack: event.units,
        outcomeText: event.missedPostedPeriod
          ? 'A period was posted between reading and writing and is invoiced without this change.'
          : null,
      }
    case 'refused':
      return { status: 'REFUSED', settledAt: at, outcomeText: event.reason }
    case 'notSent':
    case 'lapsed':
      return { status: 'NOT_POSTED', settledAt: at, outcomeText: event.reason }
    case 'unknown':
      return { status: 'UNKNOWN', outcomeText: event.reason, unitsReadBack: event.unitsSeen }
    case 'skipped':
      return { status: 'NOT_POSTED', settledAt: at, outcomeText: SKIP_TEXTS[event.reason] }
  }
}

async function update(em: Em, run: BillingRunRow, key: string, change: Change): Promise<void> {
  await em.nativeUpdate(AdjustmentEntity, { run: run.id, intentKey: key }, change)
}

/** An intent of an earlier run has ended: that run's adjustment shows it. */
async function storeLateSettlement(
  em: Em,
  run: BillingRunRow,
  { intent, settlement }: { intent: AdjustmentIntent; settlement: Settlement },
  at: Date,
): Promise<void> {
  await em.nativeUpdate(
    AdjustmentEntity,
    {
      integrationId: run.integrationId,
      intentKey: intent.key,
      status: { $in: ['POSTING', 'UNKNOWN'] },
    },
    toSettledChange(settlement, at),
  )
}

/** How a settlement shows on the adjustment it is about. */
function toSettledChange(settlement: Settlement, at: Date): Change {
  switch (settlement.kind) {
    case 'CONFIRMED':
      return {
        status: 'CONFIRMED',
        settledAt: at,
        unitsReadBack: settlement.units,
        outcomeText: null,
      }
    case 'REFUSED':
      return { status: 'REFUSED', settledAt: at, outcomeText: settlement.reason }
    case 'NOT_SENT':
    case 'LAPSED':
      return { status: 'NOT_POSTED', settledAt: at, outcomeText: settlement.reason }
    case 'RESOLVED':
      return { status: 'DISMISSED', settledAt: at, outcomeText: settlement.reason }
    case 'UNKNOWN':
      return {
        status: 'UNKNOWN',
        outcomeText: settlement.reason,
        unitsReadBack: settlement.unitsSeen,
      }
  }
}
