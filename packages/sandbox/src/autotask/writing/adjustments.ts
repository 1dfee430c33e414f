import type { AutotaskState } from '../../world/autotask-state.ts'
import { applyAdjustment, referenceText, type Adjustment } from '../../world/adjust.ts'
import { Refusal } from '../../world/refusal.ts'
import { ok, type Answer } from '../answers.ts'
import type { AnyEntity } from '../entities/entity.ts'
import { bookOf } from '../entities/lines.ts'
import { parseBody, type ApiRequest } from '../request.ts'
import { numberOf, readValues, requireFields, textOf, type Values } from './values.ts'

/** Creates an adjustment of a service or bundle. Measured on a real tenant, the answer does not say which: `{"itemId":null}`. */
export function createAdjustment(request: ApiRequest, entity: AnyEntity): Answer {
  const values = readValues(entity, parseBody(request))
  const { autotask, clock, switches } = request
  const adjustment = toAdjustment(request, entity, values)
  const { id } = applyAdjustment(autotask, bookOf(autotask, entity.root), adjustment, {
    by: 'api',
    at: clock.now().toISOString(),
    switches,
  })
  return ok({ itemId: switches.adjustmentItemId === 'number' ? id : null })
}

function toAdjustment(request: ApiRequest, entity: AnyEntity, values: Values): Adjustment {
  requireFields(values, ['effectiveDate'])
  const isBundle = entity.root.includes('Bundle')
  const contractID = parentIn(request, values, 'contractID')
  const itemID = numberOf(values, isBundle ? 'serviceBundleID' : 'serviceID')
  const lineID = numberOf(values, isBundle ? 'contractServiceBundleID' : 'contractServiceID')
  if (lineID === null) refuseNameless({ contractID, itemID, isBundle })
  return {
    contractID,
    itemID,
    lineID,
    unitChange: numberOf(values, 'unitChange') ?? 0,
    effectiveDate: textOf(values, 'effectiveDate') ?? '',
    adjustedUnitPrice: numberOf(values, 'adjustedUnitPrice'),
    adjustedUnitCost: numberOf(values, 'adjustedUnitCost'),
    allowRepeat: values[isBundle ? 'allowRepeatServiceBundle' : 'allowRepeatService'] === true,
    quoteItemID: numberOf(values, 'quoteItemID'),
  }
}

function refuseNameless(given: {
  contractID: number | null
  itemID: number | null
  isBundle: boolean
}): void {
  const { contractID, itemID, isBundle } = given
  const itemField = isBundle ? 'serviceBundleID' : 'serviceID'
  const missing = contractID === null ? 'contractID' : itemID === null ? itemField : null
  if (missing !== null) throw new Refusal(`Value does not exist for the required field ${missing}`)
}

/** The parent's id from the path, or from the body where the path has none; both must agree. */
export function parentIn(request: ApiRequest, values: Values, name: string): number | null {
  const inPath = request.match.parentId
  const inBody = numberOf(values, name)
  if (inPath !== null && inBody !== null && inPath !== inBody) {
    throw new Refusal(`The value of ${name} does not match the parent of the requested URL.`)
  }
  return inPath ?? inBody
}

/** Refuses a reference to a row that is not there. */
export function requireReference(
  state: AutotaskState,
  field: 'companyID' | 'serviceID',
  id: number | null,
): void {
  const table = field === 'companyID' ? state.companies : state.services.items
  if (id === null || !table.get(id)) throw new Refusal(referenceText(field))
}
