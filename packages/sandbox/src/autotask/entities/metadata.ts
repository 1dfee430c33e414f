import type { Switches } from '../../switches.ts'
import type { AnyEntity, AnyRow } from './entity.ts'
import { ENTITIES } from './entities.ts'
import type { Field } from './fields.ts'

/** `entityInformation`: what can be done with an entity, and what this user may do. */
export function describeEntity(entity: AnyEntity, switches: Switches): Record<string, unknown> {
  const access = isDenied(entity, switches) ? 'None' : 'All'
  return {
    name: entity.name,
    canCreate: entity.canCreate,
    canDelete: entity.canDelete,
    canQuery: entity.canQuery,
    canUpdate: entity.canUpdate,
    userAccessForCreate: entity.canCreate ? access : 'None',
    userAccessForDelete: entity.canDelete ? access : 'None',
    userAccessForQuery: entity.canQuery ? access : 'None',
    userAccessForUpdate: entity.canUpdate ? access : 'None',
    hasUserDefinedFields: entity.hasUserDefinedFields,
    supportsWebhookCallouts: entity.root === 'Companies',
  }
}

/** `EntityInformation`: all of them. */
export function describeAll(switches: Switches): Record<string, unknown> {
  return {
    entityDescriptions: ENTITIES.map((entity) => ({ info: describeEntity(entity, switches) })),
  }
}

/** `entityInformation/fields`. Picklist values are strings here and integers in the rows. */
export function describeFields(entity: AnyEntity): Record<string, unknown>[] {
  return entity.fields.filter((field) => field.type !== 'list').map(describeField)
}

/** Whether a permission was taken from the API user. */
export function isDenied(entity: AnyEntity, switches: Switches): boolean {
  const root = entity.root.toLowerCase()
  return switches.deniedEntities.some((name) => name === '*' || name.toLowerCase() === root)
}

function describeField(field: Field<AnyRow>): Record<string, unknown> {
  return {
    name: field.name,
    dataType: field.type === 'day' ? 'datetime' : field.type,
    length: field.length,
    isRequired: field.isRequired,
    isReadOnly: field.isReadOnly,
    isQueryable: field.isQueryable,
    isReference: field.references !== null,
    referenceEntityType: field.references ?? '',
    isPickList: field.picklist !== null,
    picklistValues: field.picklist?.map((choice, index) => describeChoice(choice, index)) ?? null,
    picklistParentValueField: '',
    isSupportedWebhookField: false,
  }
}

function describeChoice(choice: { value: number; label: string }, index: number) {
  return {
    value: String(choice.value),
    label: choice.label,
    isDefaultValue: false,
    sortOrder: index + 1,
    parentValue: '',
    isActive: true,
    isSystem: true,
  }
}
