import type { ReadOptions } from '@trueup/core'
import type { Client } from '../http/client.ts'
import { inconsistent, queryAll, type Query } from '../http/query.ts'
import { requireQueryAccess } from './entity-information.ts'

/** A question whose answer must not be empty without a second look. */
export interface RowsQuestion<Row extends { readonly id: number }> extends Query<Row> {
  /** Whether a row answers the question: it may not when Autotask dropped a condition without a word. */
  readonly isAsked: (row: Row) => boolean
  /** Whether having no row at all would be a surprise; then permission is looked at and the question repeated. */
  readonly isEmptySurprising: boolean
}

/** All rows that answer the question, or an error: never fewer because a permission is missing. */
export async function readRows<Row extends { readonly id: number }>(
  client: Client,
  question: RowsQuestion<Row>,
  options: ReadOptions,
): Promise<readonly Row[]> {
  const rows = await queryAll(client, question, options)
  const stranger = rows.find((row) => !question.isAsked(row))
  if (stranger !== undefined) {
    throw inconsistent(question, `row ${stranger.id} does not match what was asked`)
  }
  return rows.length === 0 && question.isEmptySurprising
    ? confirmEmpty(client, question, options)
    : rows
}

/** Nothing is believed on the second word only. */
export async function confirmEmpty<Row extends { readonly id: number }>(
  client: Client,
  question: RowsQuestion<Row>,
  options: ReadOptions,
): Promise<readonly Row[]> {
  await requireQueryAccess(client, question.entity, options)
  return readRows(client, { ...question, isEmptySurprising: false }, options)
}
