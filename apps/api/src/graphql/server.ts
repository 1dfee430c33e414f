import { ApolloServer, type ApolloServerPlugin } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled'
import type { GraphQLError, GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import type { RequestContext } from '../context.ts'
import { isClientFault, maskError, restoreCode } from '../errors.ts'
import { checkRole } from './access.ts'
import { checkComplexity, limitRules, MAX_QUERY_TOKENS } from './limits.ts'

/** Apollo Server with our limits, access rules and masking of errors. Not started yet. */
export function createGraphqlServer(
  schema: GraphQLSchema,
  log: Logger,
): ApolloServer<RequestContext> {
  // The id under which a masked error was logged; an error that never met a request has none.
  const loggedUnder = new WeakMap<object, string>()
  return new ApolloServer<RequestContext>({
    schema,
    introspection: true,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: MAX_QUERY_TOKENS },
    validationRules: limitRules,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      // It would look at every field of every answer, and nothing here may be cached by anybody.
      ApolloServerPluginCacheControlDisabled(),
      checkOperation(schema),
      logFaults(log, loggedUnder),
    ],
    formatError: (formatted, error) => {
      if (isGraphqlError(error) && isClientFault(error)) return restoreCode(formatted)
      return maskError(formatted, isObject(error) ? (loggedUnder.get(error) ?? null) : null)
    },
  })
}

function checkOperation(schema: GraphQLSchema): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ document, operation, request, contextValue }) => {
        if (operation !== undefined) checkRole(operation, contextValue)
        checkComplexity(schema, document, request.variables ?? {}, request.operationName ?? null)
      },
    }),
  }
}

function logFaults(
  log: Logger,
  loggedUnder: WeakMap<object, string>,
): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: async () => ({
      didEncounterErrors: async ({ errors, contextValue, operationName }) => {
        for (const error of errors) {
          if (isClientFault(error)) continue
          const { requestId } = contextValue
          loggedUnder.set(error, requestId)
          log.error(
            { err: error.originalError ?? error, requestId, operationName, path: error.path },
            'a GraphQL request failed',
          )
        }
      },
    }),
    unexpectedErrorProcessingRequest: async ({ error }) => {
      log.error({ err: error }, 'a GraphQL request failed unexpectedly')
    },
    contextCreationDidFail: async ({ error }) => {
      if (!isGraphqlError(error)) log.error({ err: error }, 'a request could not be prepared')
    },
  }
}

function isGraphqlError(error: unknown): error is GraphQLError {
  return error instanceof Error && 'extensions' in error
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
