import type { Table } from '../../world/table.ts'
import type { AutotaskState } from '../../world/autotask-state.ts'
import type { Field } from './fields.ts'

/** Entities that the imitation knows, by root route name. */
export interface Entity<Row extends { id: number } = never> {
  /** `Contracts`: the first part of the root route. */
  root: string
  /** `Contract`: the name in metadata and in error texts. */
  name: string
  fields: readonly Field<Row>[]
  table(state: AutotaskState): Table<Row>
  canQuery: boolean
  canCreate: boolean
  canUpdate: boolean
  canDelete: boolean
  hasUserDefinedFields: boolean
}

/** An entity of any row type, as the routes see it. */
export type AnyEntity = Entity<AnyRow>

/** A row of whatever table. */
export interface AnyRow {
  id: number
  [column: string]: unknown
}

/** Hides the row type; each field only ever reads rows of its own table. */
export function anyEntity<Row extends { id: number }>(entity: Entity<Row>): AnyEntity {
  return entity as unknown as AnyEntity
}
