import type { Switches } from '../../switches.ts'

/** A value as it stands in an answer. */
export type FieldValue = string | number | boolean | null | readonly never[]

/** Autotask's type names, as metadata shows them; `day` is a datetime whose time is always midnight. */
export type FieldType =
  | 'string'
  | 'integer'
  | 'long'
  | 'double'
  | 'decimal'
  | 'boolean'
  | 'datetime'
  | 'day'
  | 'list'

/** One choice of a picklist field. */
export interface PicklistValue {
  value: number
  label: string
}

/** A field of an entity: how it is described, and how it is read from a row. */
export interface Field<Row> {
  name: string
  type: FieldType
  length: number
  isRequired: boolean
  isReadOnly: boolean
  isQueryable: boolean
  references: string | null
  picklist: readonly PicklistValue[] | null
  /** Name of the table's index that finds rows by this field. */
  index: (keyof Row & string) | null
  /** Days as `YYYY-MM-DD`, instants as ISO text with Z. */
  read(row: Row, switches: Switches): FieldValue
}

/** What a field has besides type and name. */
export type FieldTraits<Row> = Partial<Omit<Field<Row>, 'name' | 'type'>>

/** Describes a field. Without a reader it is the row's column of the same name, or null. */
export function field<Row>(
  type: FieldType,
  name: string,
  traits: FieldTraits<Row> = {},
): Field<Row> {
  return {
    name,
    type,
    length: 0,
    isRequired: false,
    isReadOnly: false,
    isQueryable: true,
    references: null,
    picklist: null,
    index: null,
    read: columnReader<Row>(name),
    ...traits,
  }
}

/** Several fields of one type, named in one line. */
export function fields<Row>(
  type: FieldType,
  names: string,
  traits?: FieldTraits<Row>,
): Field<Row>[] {
  return names.split(' ').map((name) => field(type, name, traits))
}

function columnReader<Row>(name: string): Field<Row>['read'] {
  return (row) => ((row as Record<string, unknown>)[name] ?? null) as FieldValue
}
