import type { Day } from '../calendar.ts'
import type { AdjustmentSwitches } from '../switches.ts'
import type { AdjustmentRow, AutotaskState, Book, ContractRow, LineRow } from './autotask-state.ts'
import { Refusal } from './refusal.ts'
import { changeUnits, DUPLICATE_TEXT } from './units.ts'

/** An adjustment as the API takes it, its names made the same for services and bundles. */
export interface Adjustment {
  contractID: number | null
  itemID: number | null
  lineID: number | null
  unitChange: number
  effectiveDate: Day
  adjustedUnitPrice: number | null
  adjustedUnitCost: number | null
  allowRepeat: boolean
  quoteItemID: number | null
}

/** Who adjusts, and when. */
export interface Hand {
  by: AdjustmentRow['by']
  /** Instant. */
  at: string
}

/**
 * Creates an adjustment: finds the line or adds it, and changes its units from the effective date on. Throws `Refusal`
 * and changes nothing when Autotask would refuse.
 */
export function applyAdjustment(
  state: AutotaskState,
  book: Book,
  given: Adjustment,
  how: Hand & { switches: AdjustmentSwitches },
): AdjustmentRow {
  const known = findLine(book, given)
  const contract = contractFor(state, known?.contractID ?? given.contractID)
  if (known && given.contractID !== null && given.contractID !== known.contractID) {
    throw new Refusal(`${entityOf(book)} contractID does not match the contract of its line.`)
  }
  if (given.effectiveDate < contract.startDate || given.effectiveDate > contract.endDate) {
    throw new Refusal(
      `${entityOf(book)} effectiveDate must be between the start date and end date of the Contract referenced by contractID.`,
    )
  }
  if (known && how.switches.periodStartRepeat === 'refuse') refuseRepeat(state, known, given)
  const line = known ?? addLine(book, { contractID: contract.id, itemID: given.itemID })
  try {
    const adjustment = state.adjustments.add({
      contractID: contract.id,
      lineID: line.id,
      kind: book.kind,
      unitChange: given.unitChange,
      effectiveDate: given.effectiveDate,
      adjustedUnitPrice: given.adjustedUnitPrice,
      by: how.by,
      at: how.at,
    })
    changeOrForget(state, book, { given, line, adjustment, how })
    return adjustment
  } catch (error) {
    if (!known) book.lines.remove(line.id)
    throw error
  }
}

/** Adds a line with the catalogue's price and no units. */
export function addLine(
  book: Book,
  given: { contractID: number; itemID: number | null; unitPrice?: number | null },
): LineRow {
  const item = given.itemID === null ? undefined : book.items.get(given.itemID)
  if (!item)
    throw new Refusal(referenceText(book.kind === 'service' ? 'serviceID' : 'serviceBundleID'))
  const unitPrice = given.unitPrice ?? item.unitPrice
  return book.lines.add({
    contractID: given.contractID,
    itemID: item.id,
    unitPrice,
    unitCost: item.unitCost,
    adjustedPrice: unitPrice,
    internalDescription: null,
    invoiceDescription: null,
    quoteItemID: null,
  })
}

const ENTITY_BY_REFERENCE: Readonly<Record<string, string>> = {
  contractID: 'Contract',
  companyID: 'Account',
  serviceID: 'Service',
  serviceBundleID: 'ServiceBundle',
  contractServiceID: 'ContractService',
  contractServiceBundleID: 'ContractServiceBundle',
}

/** The server's text for a foreign key that points nowhere. */
export function referenceText(field: string): string {
  const entity = ENTITY_BY_REFERENCE[field] ?? field
  return `Reference value on field: ${field} of type: ${entity} does not exist or is invalid.`
}

function refuseRepeat(state: AutotaskState, line: LineRow, given: Adjustment): void {
  const sameDay = state.adjustments
    .by('lineID', line.id)
    .some((one) => one.effectiveDate === given.effectiveDate && one.by === 'api')
  if (sameDay) throw new Refusal(DUPLICATE_TEXT)
}

function findLine(book: Book, given: Adjustment): LineRow | undefined {
  if (given.lineID !== null) {
    const line = book.lines.get(given.lineID)
    const field = book.kind === 'service' ? 'contractServiceID' : 'contractServiceBundleID'
    if (!line) throw new Refusal(referenceText(field))
    return line
  }
  if (given.allowRepeat || given.contractID === null) return undefined
  return book.lines.by('contractID', given.contractID).find((line) => line.itemID === given.itemID)
}

/** The contract, which must be of the type that carries services. */
export function contractFor(state: AutotaskState, contractID: number | null): ContractRow {
  const contract = contractID === null ? undefined : state.contracts.get(contractID)
  if (contract?.contractType !== 7) throw new Refusal(referenceText('contractID'))
  return contract
}

function changeOrForget(
  state: AutotaskState,
  book: Book,
  parts: {
    given: Adjustment
    line: LineRow
    adjustment: AdjustmentRow
    how: { switches: AdjustmentSwitches }
  },
): void {
  const { given, line, adjustment, how } = parts
  try {
    if (isChange(given)) {
      const change = {
        line,
        day: given.effectiveDate,
        change: given.unitChange,
        unitPrice: given.adjustedUnitPrice,
        unitCost: given.adjustedUnitCost,
        adjustmentID: adjustment.id,
      }
      changeUnits(state, book, change, how.switches)
    }
  } catch (error) {
    state.adjustments.remove(adjustment.id)
    throw error
  }
}

function isChange(given: Adjustment): boolean {
  const { unitChange, adjustedUnitPrice, adjustedUnitCost } = given
  return unitChange !== 0 || adjustedUnitPrice !== null || adjustedUnitCost !== null
}

function entityOf(book: Book): string {
  return book.kind === 'service' ? 'ContractServiceAdjustment' : 'ContractServiceBundleAdjustment'
}
