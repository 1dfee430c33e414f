import {
  Kind,
  OperationTypeNode,
  parse,
  type DocumentNode,
  type OperationDefinitionNode,
} from 'graphql'
import type { RequestContext } from '../context.ts'
import { RequestError, SIGN_IN_FIRST } from '../errors.ts'
import { MAX_QUERY_TOKENS } from './limits.ts'

/** What somebody may ask before anybody knows who they are: to be let in, and whether they are. */
const OPEN_FIELDS: ReadonlySet<string> = new Set(['signIn', 'viewer', '__typename'])

/**
 * Throws UNAUTHENTICATED unless every operation of the text only signs in or asks who is signed in. Looked at before
 * validation, so that a stranger learns nothing of the schema. A token that is not known is never answered: whoever sends one
 * believes to be somebody.
 */
export function checkStranger(query: unknown, hasToken: boolean): void {
  const document = typeof query === 'string' ? parseOrNull(query) : null
  const isOpenField = (name: string): boolean =>
    OPEN_FIELDS.has(name) && !(hasToken && name === 'viewer')
  const isOpen =
    document !== null &&
    document.definitions.every(
      (definition) =>
        // A fragment only says what is shown of a sign-in: the operation itself may not spread one.
        definition.kind === Kind.FRAGMENT_DEFINITION ||
        (definition.kind === Kind.OPERATION_DEFINITION &&
          definition.selectionSet.selections.every(
            (selection) => selection.kind === Kind.FIELD && isOpenField(selection.name.value),
          )),
    )
  if (!isOpen) throw new RequestError('UNAUTHENTICATED', SIGN_IN_FIRST)
}

/** Throws FORBIDDEN when a reader wants to change something. */
export function checkRole(operation: OperationDefinitionNode, context: RequestContext): void {
  if (operation.operation !== OperationTypeNode.MUTATION) return
  if (context.viewer?.role === 'READER')
    throw new RequestError('FORBIDDEN', 'This token may only read.')
}

function parseOrNull(query: string): DocumentNode | null {
  try {
    return parse(query, { maxTokens: MAX_QUERY_TOKENS, noLocation: true })
  } catch {
    // A text that does not parse is not a sign-in; that is all there is to say to a stranger.
    return null
  }
}
