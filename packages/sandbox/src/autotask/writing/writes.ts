import type { LineRow } from '../../world/autotask-state.ts'
import { addLine, contractFor } from '../../world/adjust.ts'
import { moveEnd } from '../../world/contract-changes.ts'
import { Refusal } from '../../world/refusal.ts'
import { createAdjustment, parentIn, requireReference } from './adjustments.ts'
import { errors, ok, permissionText, type Answer } from '../answers.ts'
import type { AnyEntity, AnyRow } from '../entities/entity.ts'
import { bookOf } from '../entities/lines.ts'
import { isDenied } from '../entities/metadata.ts'
import { parseBody, type ApiRequest } from '../request.ts'
import { numberOf, readValues, requireFields, textOf, type Values } from './values.ts'

/** `POST` on a root or child collection. */
export function create(request: ApiRequest, entity: AnyEntity): Answer {
  if (isDenied(entity, request.switches)) return errors(500, permissionText('create'))
  if (entity.root.endsWith('Adjustments')) return createAdjustment(request, entity)
  const values = readValues(entity, parseBody(request))
  if (entity.root.startsWith('ContractService')) return createLine(request, entity, values)
  if (entity.root === 'ServiceBundleServices') return addMember(request, values)
  requireFields(values, requiredOf(entity))
  if (entity.root === 'Contracts') checkContract(request, values)
  const now = request.clock.now().toISOString()
  const stamps = {
    createDate: now,
    lastModifiedDate: now,
    lastModifiedDateTime: now,
    lastTrackedModifiedDateTime: now,
  }
  const row = { isActive: true, ...values, ...stamps } as Record<string, unknown>
  delete row['id']
  return ok({ itemId: entity.table(request.autotask).add(row as never).id })
}

/** `PATCH`: a sparse change, the id in the body. Read-only fields are passed over in silence. */
export function update(request: ApiRequest, entity: AnyEntity): Answer {
  return change(request, entity, (values) => values)
}

/** `PUT`: every writable field that is left out becomes null. */
export function replace(request: ApiRequest, entity: AnyEntity): Answer {
  return change(request, entity, (values) => {
    requireFields(
      values,
      requiredOf(entity).filter((name) => isWritable(entity, name)),
    )
    const names = entity.fields.filter((field) => field.type !== 'list').map((field) => field.name)
    return { ...Object.fromEntries(names.map((name) => [name, null])), ...values }
  })
}

/** `DELETE /…/{id}`. */
export function remove(request: ApiRequest, entity: AnyEntity): Answer {
  if (isDenied(entity, request.switches)) return errors(500, permissionText('delete'))
  const table = entity.table(request.autotask)
  const id = request.match.id ?? -1
  if (!table.get(id)) {
    throw new Refusal(
      'No matching records found. The logged in Resource may not have the required permissions to delete the data.',
    )
  }
  if (
    entity.root === 'ServiceBundles' &&
    request.autotask.bundles.lines.by('itemID', id).length > 0
  ) {
    throw new Refusal('The ServiceBundle is in use by a Contract.')
  }
  table.remove(id)
  return ok({ itemId: id })
}

function change(
  request: ApiRequest,
  entity: AnyEntity,
  complete: (values: Values) => Values,
): Answer {
  if (isDenied(entity, request.switches)) return errors(500, permissionText('update'))
  const values = readValues(entity, parseBody(request))
  requireFields(values, ['id'])
  const row = entity.table(request.autotask).get(numberOf(values, 'id') ?? -1)
  if (!row) throw new Refusal('No matching records found.')
  const wanted = complete(values)
  if (entity.root === 'Contracts') changeDates(request, row, wanted)
  for (const [name, value] of Object.entries(wanted)) {
    const isDate = entity.root === 'Contracts' && (name === 'startDate' || name === 'endDate')
    if (isWritable(entity, name) && !isDate) row[name] = value
  }
  const now = request.clock.now().toISOString()
  for (const stamp of ['lastModifiedDate', 'lastModifiedDateTime', 'lastTrackedModifiedDateTime']) {
    if (entity.fields.some((field) => field.name === stamp)) row[stamp] = now
  }
  return ok({ itemId: row.id })
}

function changeDates(request: ApiRequest, row: AnyRow, values: Values): void {
  const contract = request.autotask.contracts.get(row.id)
  if (!contract) return
  const startDate = textOf(values, 'startDate')
  if (startDate !== null && startDate !== contract.startDate) {
    const books = [request.autotask.services, request.autotask.bundles]
    if (books.some((book) => book.lines.by('contractID', contract.id).length > 0)) {
      throw new Refusal('The Contract startDate cannot be changed once it has services.')
    }
    contract.startDate = startDate
  }
  const endDate = textOf(values, 'endDate')
  if (endDate !== null && endDate !== contract.endDate) moveEnd(request.autotask, contract, endDate)
}

function checkContract(request: ApiRequest, values: Values): void {
  requireReference(request.autotask, 'companyID', numberOf(values, 'companyID'))
  const isRecurring = values['contractType'] === 7
  if (isRecurring && numberOf(values, 'contractPeriodType') === null) {
    throw new Refusal(
      'contractPeriodType is a required field when contractType is Recurring Service.',
    )
  }
  if ((textOf(values, 'endDate') ?? '') < (textOf(values, 'startDate') ?? '')) {
    throw new Refusal('The Contract endDate must be on or after its startDate.')
  }
}

/** A line without units: quantity comes only by adjustments. */
function createLine(request: ApiRequest, entity: AnyEntity, values: Values): Answer {
  const { autotask } = request
  const book = bookOf(autotask, entity.root)
  const contract = contractFor(autotask, parentIn(request, values, 'contractID'))
  const itemField = book.kind === 'service' ? 'serviceID' : 'serviceBundleID'
  requireFields(values, [itemField])
  const itemID = numberOf(values, itemField)
  const lines = book.lines.by('contractID', contract.id)
  if (lines.some((line) => line.itemID === itemID)) {
    throw new Refusal(
      `The ${book.kind === 'service' ? 'Service' : 'ServiceBundle'} is already on the Contract.`,
    )
  }
  const unitPrice = numberOf(values, 'unitPrice')
  const line = addLine(book, { contractID: contract.id, itemID, unitPrice })
  Object.assign(line, lineTexts(values))
  const adjusted = numberOf(values, 'adjustedPrice')
  if (adjusted !== null) line.adjustedPrice = adjusted
  return ok({ itemId: line.id })
}

function lineTexts(values: Values): Partial<LineRow> {
  return {
    invoiceDescription: textOf(values, 'invoiceDescription'),
    internalDescription: textOf(values, 'internalDescription'),
    ...(numberOf(values, 'unitCost') !== null && { unitCost: numberOf(values, 'unitCost') }),
  }
}

function addMember(request: ApiRequest, values: Values): Answer {
  const serviceBundleID = parentIn(request, values, 'serviceBundleID')
  const serviceID = numberOf(values, 'serviceID')
  requireFields({ serviceBundleID, serviceID }, ['serviceBundleID', 'serviceID'])
  requireReference(request.autotask, 'serviceID', serviceID)
  const member = { serviceBundleID: serviceBundleID ?? 0, serviceID: serviceID ?? 0 }
  return ok({ itemId: request.autotask.bundleMembers.add(member).id })
}

function requiredOf(entity: AnyEntity): string[] {
  return entity.fields.filter((field) => field.isRequired).map((field) => field.name)
}

function isWritable(entity: AnyEntity, name: string): boolean {
  return entity.fields.some((field) => field.name === name && !field.isReadOnly)
}
