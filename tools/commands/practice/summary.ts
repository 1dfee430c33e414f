import type { Ask } from './graphql-client.ts'

interface Facts {
  readonly integration: {
    readonly today: string
    readonly version: number
    readonly counts: {
      readonly tenants: number
      readonly tenantsMapped: number
      readonly tenantsBilled: number
      readonly accounts: number
      readonly adjustmentsWaiting: number
      readonly adjustmentsOnHold: number
    }
    readonly latestRun: {
      readonly status: string
      readonly totals: {
        readonly linesCompared: number
        readonly confirmed: number
        readonly revenueAtRiskPerMonth: string
      }
    } | null
  }
  readonly billingRuns: { readonly totalCount: number }
  readonly adjustments: { readonly totalCount: number }
}

/** Where Trueup is and how to come in: the server's first line. */
export interface Address {
  readonly url: string
  readonly signIn: { readonly userName: string; readonly password: string }
}

/** What a newcomer wants to know, in a few lines. */
export async function drawSummary(
  ask: Ask,
  integrationId: string,
  { url, signIn }: Address,
): Promise<string> {
  const { integration, billingRuns, adjustments } = await ask<Facts>(facts, { integrationId })
  const { counts, latestRun } = integration
  const risk = latestRun?.totals.revenueAtRiskPerMonth
  return `
Trueup is up, with a practice world in which three months have passed. Its day is ${integration.today}.

  ${counts.tenants} virtual servers, ${counts.accounts} Autotask accounts: ${counts.tenantsMapped} mapped, ${counts.tenantsBilled} billed
  ${billingRuns.totalCount} runs posted and verified ${adjustments.totalCount} adjustments; ${counts.adjustmentsOnHold} on hold, ${counts.adjustmentsWaiting} waiting
  latest run: ${latestRun?.status ?? 'none'}, ${latestRun?.totals.linesCompared ?? 0} lines compared, ${latestRun?.totals.confirmed ?? 0} adjusted${risk === undefined ? '' : `, ${Number(risk).toFixed(2)} a month not billed yet`}

  Address   ${url}
  Sign in   ${signIn.userName}
  Password  ${signIn.password}
`
}

const facts = /* GraphQL */ `
  query Facts($integrationId: ID!) {
    integration(id: $integrationId) {
      today
      version
      counts {
        tenants
        tenantsMapped
        tenantsBilled
        accounts
        adjustmentsWaiting
        adjustmentsOnHold
      }
      latestRun {
        status
        totals {
          linesCompared
          confirmed
          revenueAtRiskPerMonth
        }
      }
    }
    billingRuns(integrationId: $integrationId, first: 1, filter: { mode: RUN }) {
      totalCount
    }
    adjustments(integrationId: $integrationId, first: 1, filter: { status: [CONFIRMED] }) {
      totalCount
    }
  }
`
