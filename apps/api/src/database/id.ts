import { v7 } from 'uuid'

/** A new id. Ids made later sort later, so "newest first" is the order of ids backwards. */
export function newId(): string {
  return v7()
}
