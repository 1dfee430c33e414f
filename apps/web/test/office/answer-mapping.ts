import { toIntegration } from './answer-directory.ts'
import { exclusionsOf } from './answer-evidence.ts'
import { objectOf } from './connection.ts'
import type { OfficeState } from './office.ts'
import type { WorldApplication, WorldTenant } from './world.ts'

type Args = Record<string, unknown>
interface Row {
  tenantId: string
  version: number
  accountId: string | null
  billingEnabled: boolean
  contractId: string | null
}
interface ServiceRow {
  applicationId: string
  category?: string | null
  serviceId?: string | null
}

/** What is mapped, and the refusals a person can run into. */
export function mappingAnswers(state: OfficeState): Record<string, (args: Args) => unknown> {
  return {
    applications: () =>
      state.world.applications
        .toSorted((a, b) => Number(b.unmappedUnits > 0) - Number(a.unmappedUnits > 0))
        .map((one) => ({ ...one, exclusions: exclusionsOf(state, one) })),
    saveAccountMappings: (args) => {
      state.calls.push({ name: 'saveAccountMappings', args })
      return saveAccounts(state, rowsOf<Row>(args))
    },
    saveServiceMappings: (args) => {
      state.calls.push({ name: 'saveServiceMappings', args })
      const rows = rowsOf<ServiceRow>(args)
      for (const row of rows) saveService(state, row)
      return {
        mappings: rows.flatMap(
          ({ applicationId }) =>
            state.world.applications.find(({ id }) => id === applicationId)?.mappings ?? [],
        ),
        problems: [],
      }
    },
    setBillDevicesByCategory: (args) => {
      state.calls.push({ name: 'setBillDevicesByCategory', args })
      const integration = state.integrations.find(({ id }) => id === args['integrationId'])
      if (integration === undefined) return { integration: null, problems: [] }
      integration.billDevicesByCategory = args['enabled'] === true
      integration.version += 1
      for (const application of state.world.applications)
        if (application.canSplit) turnCategories(application, integration.billDevicesByCategory)
      return { integration: toIntegration(state, integration.id), problems: [] }
    },
  }
}

function rowsOf<Wanted>(args: Args): Wanted[] {
  // The schema has checked the rows' shape before they come here.
  return Array.isArray(args['rows']) ? (args['rows'].map(objectOf) as Wanted[]) : []
}

function saveAccounts(state: OfficeState, rows: Row[]): object {
  const problems = rows.flatMap((row) => refusalsOf(state, row, rows))
  if (problems.length > 0) return { mappings: null, problems }
  const tenants = rows.flatMap((row) => state.world.tenants.filter(({ id }) => id === row.tenantId))
  for (const { mapping } of tenants) if (mapping.account !== null) mapping.account.takenBy = null
  for (const row of rows) {
    const tenant = state.world.tenants.find(({ id }) => id === row.tenantId)
    if (tenant !== undefined) store(state, tenant, row)
  }
  return { mappings: tenants.map(({ mapping }) => mapping), problems: [] }
}

function refusalsOf(state: OfficeState, row: Row, rows: Row[]): object[] {
  const tenant = state.world.tenants.find(({ id }) => id === row.tenantId)
  if (tenant === undefined) return []
  const holder = state.world.tenants.find(
    ({ id, mapping }) =>
      id !== row.tenantId &&
      mapping.account?.id === row.accountId &&
      !rows.some(({ tenantId }) => tenantId === id),
  )
  const twin = rows.find(
    (other) => other !== row && other.accountId !== null && other.accountId === row.accountId,
  )
  return [
    ...(tenant.mapping.version === row.version
      ? []
      : [problem('STALE_VERSION', tenant, 'Somebody else changed this row meanwhile.')]),
    ...(row.accountId !== null && holder !== undefined
      ? [problem('ACCOUNT_TAKEN', tenant, `The account is already mapped to ${holder.name}.`)]
      : []),
    ...(twin === undefined
      ? []
      : [problem('ACCOUNT_TAKEN', tenant, 'Two rows of this save want the same account.')]),
    ...(row.billingEnabled && row.contractId === null
      ? [problem('CONTRACT_MISSING', tenant, 'Billing is on but no contract is chosen.')]
      : []),
  ]
}

function problem(code: string, tenant: WorldTenant, message: string): object {
  return {
    code,
    severity: 'BLOCKING',
    subject: { kind: 'TENANT', id: tenant.id, name: tenant.name },
    facts: [],
    message,
  }
}

function store(state: OfficeState, tenant: WorldTenant, row: Row): void {
  const account = state.world.accounts.find(({ id }) => id === row.accountId) ?? null
  const contract = state.world.contracts.find(({ id }) => id === row.contractId) ?? null
  Object.assign(tenant.mapping, {
    account,
    contract,
    billingEnabled: row.billingEnabled,
    version: tenant.mapping.version + 1,
  })
  if (account !== null) account.takenBy = tenant
}

function saveService(
  state: OfficeState,
  { applicationId, category = null, serviceId }: ServiceRow,
): void {
  const application = state.world.applications.find(({ id }) => id === applicationId)
  if (application === undefined) return
  const service = state.world.services.find(({ id }) => id === serviceId)
  const others = application.mappings.filter((mapping) => mapping.category !== category)
  application.mappings =
    service === undefined ? others : [...others, buildMapping(application, category, service)]
  application.unmappedUnits = application.mappings.length > 0 ? 0 : application.unitsInUse
}

function turnCategories(application: WorldApplication, byCategory: boolean): void {
  const kept = application.mappings.find(
    ({ category }) => category === (byCategory ? null : 'WINDOWS_WORKSTATION'),
  )
  application.proposedService = byCategory ? (kept?.service ?? null) : null
  application.mappings =
    byCategory || kept === undefined ? [] : [buildMapping(application, null, kept.service)]
}

function buildMapping(
  application: WorldApplication,
  category: string | null,
  service: WorldApplication['mappings'][number]['service'],
): WorldApplication['mappings'][number] {
  return {
    __typename: 'ServiceMapping',
    id: `${application.id}-${category ?? 'all'}`,
    version: 1,
    application,
    category,
    service,
    counting: { basis: 'CURRENT', includedUnits: 0, minimumUnits: 0 },
  }
}
