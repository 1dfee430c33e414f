import { nameContains, objectOf, toConnection } from './connection.ts'
import type { OfficeState } from './office.ts'
import { today } from './world.ts'

type Args = Record<string, unknown>

/** What is read: who asks, integrations, tenants, accounts, contracts, services. */
export function directoryAnswers(state: OfficeState): Record<string, (args: Args) => unknown> {
  return {
    viewer: () =>
      state.signedIn
        ? {
            kind: 'PERSON',
            name: 'admin',
            role: 'ADMINISTRATOR',
            isPractice: state.isPractice,
            practiceDay: state.isPractice ? state.practiceDay : null,
            mustChangePassword: state.mustChangePassword,
          }
        : null,
    integrations: () =>
      state.integrations.map((integration) => toIntegration(state, integration['id'])),
    integration: ({ id }) => toIntegration(state, id),
    tenant: ({ id }) => state.world.tenants.find((tenant) => tenant.id === id) ?? null,
    tenants: (args) => {
      const filter = objectOf(args['filter'])
      return toConnection(
        state.world.tenants.filter(
          ({ name, mapping }) =>
            nameContains(name, filter['nameContains']) &&
            (typeof filter['mapped'] !== 'boolean' ||
              (mapping.account !== null) === filter['mapped']) &&
            (typeof filter['billingEnabled'] !== 'boolean' ||
              mapping.billingEnabled === filter['billingEnabled']),
        ),
        args,
      )
    },
    ...catalogueAnswers(state),
    activities: (args) => {
      const filter = objectOf(args['filter'])
      return toConnection(
        state.activities.filter(
          ({ actor, action }) =>
            (typeof filter['actor'] !== 'string' || actor === filter['actor']) &&
            (!Array.isArray(filter['action']) || filter['action'].includes(action)),
        ),
        args,
      )
    },
    readDirectory: ({ integrationId }) => ({
      integration: toIntegration(state, integrationId),
      tenants: state.world.tenants.length,
      accounts: state.world.accounts.length,
      contracts: state.world.contracts.length,
      services: state.world.services.length,
      problems: [],
    }),
  }
}

function catalogueAnswers(state: OfficeState): Record<string, (args: Args) => unknown> {
  return {
    autotaskAccounts: (args) =>
      toConnection(
        state.world.accounts.filter(({ name, takenBy }) => {
          const { nameContains: part, taken } = objectOf(args['filter'])
          return (
            nameContains(name, part) && (typeof taken !== 'boolean' || (takenBy !== null) === taken)
          )
        }),
        args,
      ),
    contracts: (args) =>
      toConnection(
        state.world.contracts.filter(
          ({ account }) => args['accountId'] === undefined || account.id === args['accountId'],
        ),
        args,
      ),
    services: (args) =>
      toConnection(
        state.world.services.filter(({ name }) =>
          nameContains(name, objectOf(args['filter'])['nameContains']),
        ),
        args,
      ),
  }
}

/** The integration with its counts as they stand now. */
export function toIntegration(state: OfficeState, id: unknown): object | null {
  const integration = state.integrations.find((one) => one['id'] === id)
  if (integration === undefined) return null
  const { tenants, accounts, applications } = state.world
  return {
    ...integration,
    today,
    latestRun: state.runs[0],
    counts: {
      tenants: tenants.length,
      tenantsMapped: tenants.filter(({ mapping }) => mapping.account !== null).length,
      tenantsBilled: tenants.filter(({ mapping }) => mapping.billingEnabled).length,
      accounts: accounts.length,
      applications: applications.length,
      applicationsUnmapped: applications.filter(({ unmappedUnits }) => unmappedUnits > 0).length,
      adjustmentsWaiting: state.runs
        .filter(({ status }) => status === 'WAITING_FOR_APPROVAL')
        .flatMap(({ lines }) => lines)
        .filter(({ status }) => status === 'PLANNED').length,
      adjustmentsOnHold: state.runs
        .flatMap(({ lines }) => lines)
        .filter(({ status }) => status === 'HELD').length,
    },
  }
}
