import type { Day } from '../calendar.ts'
import type { Clock } from '../clock.ts'
import type { Switches } from '../switches.ts'
import type { AutotaskState, Book, ContractRow, UnitRow } from './autotask-state.ts'
import { fromAmount4, toCents } from './money.ts'

/** What one round of Approve & Post did. */
export interface Posting {
  rows: number
  billingItems: number
}

/** Which rows to post: all that begin up to and including a day, of all contracts or some. */
export interface PostingScope {
  through: Day
  contracts?: readonly ContractRow[]
}

/**
 * Approves and posts, as a person does in Autotask: rows that begin up to a day get their posting date, and each that bills
 * anything becomes a billing item. Never twice for one row.
 */
export function approveAndPost(
  state: AutotaskState,
  scope: PostingScope,
  how: { clock: Clock; switches: Pick<Switches, 'changeItemPeriodId'> },
): Posting {
  const posting: Posting = { rows: 0, billingItems: 0 }
  for (const contract of scope.contracts ?? state.contracts.all()) {
    for (const book of [state.services, state.bundles]) {
      const due = book.units
        .by('contractID', contract.id)
        .filter((row) => row.approveAndPostDate === null && row.startDate <= scope.through)
      posting.rows += due.length
      for (const row of due) row.approveAndPostDate = how.clock.now().toISOString()
      const billed = due.filter((row) => row.delta !== 0 || row.price !== 0)
      posting.billingItems += billed.length
      for (const row of billed) addItem(state, { book, contract, row, ...how })
    }
  }
  return posting
}

interface ItemParts {
  book: Book
  contract: ContractRow
  row: UnitRow
  clock: Clock
  switches: Pick<Switches, 'changeItemPeriodId'>
}

function addItem(state: AutotaskState, parts: ItemParts): void {
  const { book, contract, row, clock } = parts
  const item = book.items.get(row.itemID)
  const quantity = row.kind === 'period' ? row.total : row.delta
  const price = toCents(row.price)
  state.billingItems.add({
    companyID: contract.companyID,
    contractID: contract.id,
    itemName: item?.name ?? '',
    description: item?.description ?? null,
    // Numbers of these picklists differ between tenants; 11 and 12 are this world's own.
    billingItemType: book.kind === 'service' ? 11 : 12,
    subType: row.kind === 'period' ? 1 : 2,
    itemDate: row.startDate,
    postedDate: clock.day(),
    postedOnTime: clock.now().toISOString(),
    quantity,
    rate: fromAmount4(row.rate),
    extendedPrice: price,
    totalAmount: price,
    ourCost: toCents(row.cost),
    invoiceID: 0,
    nonBillable: 0,
    vendorID: row.vendorCompanyID,
    ...namesOf(parts),
  })
}

function namesOf({ book, row, switches }: ItemParts): Record<string, number | null> {
  const periodID = switches.changeItemPeriodId === 'own' ? row.id : periodRowOf(book, row).id
  if (book.kind === 'service') {
    return {
      serviceID: row.itemID,
      contractServiceID: row.lineID,
      contractServicePeriodID: periodID,
      contractServiceAdjustmentID: row.adjustmentID,
    }
  }
  return {
    serviceBundleID: row.itemID,
    contractServiceBundleID: row.lineID,
    contractServiceBundlePeriodID: periodID,
    contractServiceBundleAdjustmentID: row.adjustmentID,
  }
}

function periodRowOf(book: Book, row: UnitRow): UnitRow {
  const rows = book.units.by('lineID', row.lineID)
  return (
    rows.find((other) => other.kind === 'period' && other.periodStart === row.periodStart) ?? row
  )
}
