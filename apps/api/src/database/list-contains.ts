import { raw } from '@mikro-orm/core'
import { isPostgresql } from './dialect.ts'
import type { Em } from './orm.ts'

/** A condition: the JSON list in that column holds this text. */
export function listContains(em: Em, column: string, text: string): object {
  const members = isPostgresql(em.getDriver()) ? 'jsonb_array_elements_text' : 'json_each'
  const value = isPostgresql(em.getDriver()) ? 'member' : 'member.value'
  return {
    [raw(
      (alias) =>
        `exists (select 1 from ${members}(${alias}.${column}) as member where ${value} = ?)`,
      [text],
    )]: [],
  }
}
