import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases'
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth'
import type { DocumentNode, GraphQLSchema, ValidationContext, ValidationRule } from 'graphql'
import { getNullableType, isListType } from 'graphql'
import { getComplexity, type ComplexityEstimator } from 'graphql-query-complexity'
import { RequestError, type RequestErrorCode } from '../errors.ts'

/** Characters of one request's GraphQL text. */
export const MAX_QUERY_CHARACTERS = 50_000
/** Lexical tokens, so that a short text cannot keep the parser busy. */
export const MAX_QUERY_TOKENS = 5_000
/** Levels of braces. The deepest page of the admin uses 8. */
const MAX_QUERY_DEPTH = 15
const MAX_ALIASES = 50
/** About the number of fields that the answer may hold. 500 rows of 40 fields with nested objects fit. */
const MAX_COMPLEXITY = 100_000
/** Members that are assumed of a list without `first`. */
const ASSUMED_LIST_LENGTH = 5

/** Checked together with graphql's own rules, before anything is looked up. */
export const limitRules: ValidationRule[] = [
  maxDepthRule({
    n: MAX_QUERY_DEPTH,
    flattenFragments: true,
    propagateOnRejection: false,
    onReject: [
      (context) =>
        report(context, 'QUERY_TOO_DEEP', `The query nests deeper than ${MAX_QUERY_DEPTH} levels.`),
    ],
  }),
  maxAliasesRule({
    n: MAX_ALIASES,
    propagateOnRejection: false,
    onReject: [
      (context) =>
        report(context, 'TOO_MANY_ALIASES', `The query uses more than ${MAX_ALIASES} aliases.`),
    ],
  }),
]

/** Throws QUERY_TOO_COMPLEX when the answer could hold more fields than {@link MAX_COMPLEXITY}. */
export function checkComplexity(
  schema: GraphQLSchema,
  query: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
  operationName: string | null,
): void {
  const complexity = getComplexity({
    schema,
    query,
    variables: { ...variables },
    estimators: [estimateFields],
    ...(operationName === null ? {} : { operationName }),
  })
  if (complexity > MAX_COMPLEXITY)
    throw new RequestError(
      'QUERY_TOO_COMPLEX',
      `The answer could hold about ${complexity} fields; ${MAX_COMPLEXITY} are allowed. Ask for fewer rows or fields.`,
      { complexity, limit: MAX_COMPLEXITY },
    )
}

/** One for the field and, for every member of a page or list, what is asked of it. */
const estimateFields: ComplexityEstimator = ({ args, childComplexity, field }) => {
  const first: unknown = args['first']
  if (typeof first === 'number') return 1 + Math.max(first, 0) * childComplexity
  const isConnectionPart = field.name === 'nodes' || field.name === 'edges'
  if (isListType(getNullableType(field.type)) && !isConnectionPart)
    return 1 + ASSUMED_LIST_LENGTH * childComplexity
  return 1 + childComplexity
}

function report(context: ValidationContext | null, code: RequestErrorCode, message: string): void {
  context?.reportError(new RequestError(code, message))
}
