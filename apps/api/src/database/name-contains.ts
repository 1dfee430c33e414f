import { raw } from '@mikro-orm/core'
import { RequestError } from '../errors.ts'
import { foldCase } from './search-text.ts'

/** Nobody's name is longer, and nobody types more. */
const MOST_SEARCH_CHARACTERS = 200

/**
 * A condition: the column `name_search` holds the text as any part of it. `%` and `_` mean themselves. An empty text
 * is no condition. Throws SEARCH_TEXT_TOO_LONG.
 */
export function nameContains(text: string | null | undefined): object {
  if (text === null || text === undefined || text === '') return {}
  if (text.length > MOST_SEARCH_CHARACTERS)
    throw new RequestError(
      'SEARCH_TEXT_TOO_LONG',
      `The search text has ${text.length} characters; ${MOST_SEARCH_CHARACTERS} are allowed.`,
      { characters: text.length, maximum: MOST_SEARCH_CHARACTERS },
    )
  const pattern = `%${foldCase(text).replaceAll(/[!%_]/g, '!$&')}%`
  return { [raw((alias) => `${alias}.name_search like ? escape '!'`, [pattern])]: [] }
}
