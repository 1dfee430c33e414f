import {
  ApolloClient,
  type ApolloLink,
  type FieldPolicy,
  from,
  InMemoryCache,
  type NormalizedCacheObject,
} from '@apollo/client/core'
import { onError } from '@apollo/client/link/error'
import createUploadLink from 'apollo-upload-client/createUploadLink.mjs'

/** What a client needs from outside. */
export interface ApolloParts {
  /** Carries the requests; the server of this page's own origin unless given. */
  readonly link?: ApolloLink
  /** Called when the server no longer knows the person. */
  readonly onSessionEnd: () => void
}

/** The client of all pages. One cache; connections grow page by page under one key for each filter. */
export function createApolloClient(parts: ApolloParts): ApolloClient<NormalizedCacheObject> {
  const watchSession = onError(({ graphQLErrors, networkError }) => {
    const isRefused = graphQLErrors?.some(
      (error) => error.extensions?.['code'] === 'UNAUTHENTICATED',
    )
    const isUnauthorized =
      networkError !== undefined &&
      networkError !== null &&
      'statusCode' in networkError &&
      networkError.statusCode === 401
    if (isRefused === true || isUnauthorized) parts.onSessionEnd()
  })
  return new ApolloClient({
    link: from([
      watchSession,
      parts.link ??
        createUploadLink({
          uri: '/graphql',
          credentials: 'same-origin',
          // A form on a foreign page cannot send it: the server takes no file without.
          headers: { 'Apollo-Require-Preflight': 'true' },
        }),
    ]),
    cache: createCache(),
    defaultOptions: { watchQuery: { notifyOnNetworkStatusChange: true } },
  })
}

function createCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes: { Tenant: ['VirtualServer', 'Workspace'] },
    typePolicies: {
      Query: {
        fields: {
          viewer: { merge: true },
          tenants: pages('integrationId', 'filter', 'sort'),
          autotaskAccounts: pages('integrationId', 'filter', 'sort'),
          contracts: pages('integrationId', 'accountId', 'filter', 'sort'),
          services: pages('integrationId', 'filter', 'sort'),
          billingRuns: pages('integrationId', 'filter'),
          activities: pages('integrationId', 'filter'),
          usageImports: pages('integrationId'),
          usageEvidence: { keyArgs: ['tenantId', 'snapshotId', 'day'], merge: true },
        },
      },
      UsageEvidence: { fields: { devices: pages('filter') } },
      BillingRun: {
        fields: {
          adjustments: pages('filter'),
          findings: pages('filter'),
          totals: { merge: true },
        },
      },
      Integration: {
        fields: { counts: { merge: true }, brakes: { merge: true }, autotask: { merge: true } },
      },
      // A subject's id is unique only within its kind.
      Subject: { keyFields: false },
      AccountMapping: { fields: { tenant: { merge: true } } },
    },
  })
}

interface Page {
  readonly nodes?: readonly unknown[]
}

/** The first page replaces what was there; a page that was asked for `after` a cursor is put behind it. */
function pages(...keyArgs: string[]): FieldPolicy<Page> {
  return {
    keyArgs,
    merge: (existing, incoming, { args }) =>
      args?.['after'] === undefined || args['after'] === null
        ? incoming
        : { ...incoming, nodes: [...(existing?.nodes ?? []), ...(incoming.nodes ?? [])] },
  }
}
