import { fieldSubject, toProblem, type Problem, type ProblemFacts } from '../../problems.ts'
import type { AnyProblemCode } from '../../problem-messages.ts'
import { whyUnavailable, type ContractUnavailable } from '../contract/availability.ts'
import type { ContractRow } from '../contract/contract.entity.ts'
import type { MappingFacts, WantedMapping } from './mapping-facts.ts'

/** What the form calls the fields. */
const FIELD_NAMES = {
  tenantId: 'Tenant',
  version: 'Version',
  accountId: 'Autotask account',
  contractId: 'Contract',
  billingEnabled: 'Billing',
} as const

type FieldName = keyof typeof FIELD_NAMES

/** One wanted row, its place in the save, and how to say that something about it is wrong. */
interface Row {
  readonly wanted: WantedMapping
  readonly facts: MappingFacts
  readonly refuse: (field: FieldName, code: AnyProblemCode, more?: ProblemFacts) => Problem
}

/**
 * Every fault of every row at once (product.md, rules 20 to 22). `pathOf` says where a row stands in the input, for
 * example `rows[3].`.
 */
export function checkAccountMappings(
  rows: readonly WantedMapping[],
  facts: MappingFacts,
  pathOf: (index: number) => string,
): Problem[] {
  const claims = chooseClaims(rows, facts)
  const seen = new Set<string>()
  return rows.flatMap((wanted, index) => {
    const row = toRow(wanted, { facts, index, path: pathOf(index) })
    if (seen.has(wanted.tenantId)) return [row.refuse('tenantId', 'ROW_REPEATED')]
    seen.add(wanted.tenantId)
    const stored = facts.mappings.get(wanted.tenantId)
    if (stored === undefined) return [row.refuse('tenantId', 'TENANT_NOT_FOUND')]
    if (stored.version !== wanted.version)
      return [
        row.refuse('version', 'STALE_VERSION', { saved: wanted.version, current: stored.version }),
      ]
    return [...checkAccount(row, claims), ...checkContract(row), ...checkBilling(row)]
  })
}

/** Who gets an account that several want: whoever holds it and keeps it, else the first row. */
function chooseClaims(
  rows: readonly WantedMapping[],
  facts: MappingFacts,
): ReadonlyMap<string, string> {
  const wantedBy = new Map(rows.map((row) => [row.tenantId, row.accountId]))
  const claims = new Map<string, string>()
  for (const [accountId, holder] of facts.holders)
    if (!wantedBy.has(holder) || wantedBy.get(holder) === accountId) claims.set(accountId, holder)
  for (const { accountId, tenantId } of rows)
    if (accountId !== null && !claims.has(accountId)) claims.set(accountId, tenantId)
  return claims
}

function checkAccount(
  { wanted, facts, refuse }: Row,
  claims: ReadonlyMap<string, string>,
): Problem[] {
  const { accountId, tenantId } = wanted
  if (accountId === null) return []
  const account = facts.accounts.get(accountId)
  if (account === undefined) return [refuse('accountId', 'ACCOUNT_NOT_FOUND', { accountId })]
  const holder = claims.get(accountId) ?? tenantId
  if (holder === tenantId) return []
  return [
    refuse('accountId', 'ACCOUNT_TAKEN', {
      accountId,
      accountName: account.name,
      holderTenantId: holder,
      holderTenantName: facts.tenants.get(holder)?.name ?? null,
    }),
  ]
}

const UNAVAILABLE: Readonly<Record<ContractUnavailable, AnyProblemCode>> = {
  NOT_LISTED: 'CONTRACT_NOT_FOUND',
  NOT_RECURRING_SERVICE: 'CONTRACT_NOT_RECURRING',
  ENDED: 'CONTRACT_ENDED',
  NOT_STARTED: 'CONTRACT_NOT_STARTED',
}

function checkContract({ wanted, facts, refuse }: Row): Problem[] {
  const { accountId, contractId, billingEnabled, tenantId } = wanted
  if (contractId === null) return []
  const contract = facts.contracts.get(contractId)
  if (contract === undefined) return [refuse('contractId', 'CONTRACT_NOT_FOUND', { contractId })]
  const about = describeContract(contract)
  if (accountId === null) return [refuse('contractId', 'CONTRACT_NEEDS_ACCOUNT', about)]
  if (contract.account.id !== accountId)
    return [
      refuse('contractId', 'CONTRACT_OF_ANOTHER_ACCOUNT', {
        ...about,
        accountName: facts.accounts.get(accountId)?.name ?? null,
      }),
    ]
  // A contract that has ended since it was chosen may stay while billing is off.
  const isUnchanged = facts.mappings.get(tenantId)?.contract?.id === contractId
  const reason = whyUnavailable(contract, facts.today)
  if (reason === null || (isUnchanged && !billingEnabled)) return []
  return [refuse('contractId', UNAVAILABLE[reason], about)]
}

function describeContract(contract: ContractRow): ProblemFacts {
  return {
    contractId: contract.id,
    contractName: contract.name,
    startDay: contract.startDay,
    endDay: contract.endDay,
  }
}

function checkBilling({ wanted, facts, refuse }: Row): Problem[] {
  if (!wanted.billingEnabled) return []
  return [
    ...(wanted.accountId === null ? [refuse('accountId', 'BILLING_NEEDS_ACCOUNT')] : []),
    ...(wanted.contractId === null ? [refuse('contractId', 'BILLING_NEEDS_CONTRACT')] : []),
    ...(facts.hasServiceMapping ? [] : [refuse('billingEnabled', 'BILLING_NEEDS_SERVICE_MAPPING')]),
  ]
}

function toRow(
  wanted: WantedMapping,
  place: { readonly facts: MappingFacts; readonly index: number; readonly path: string },
): Row {
  const { facts, index, path } = place
  return {
    wanted,
    facts,
    refuse: (field, code, more = {}) =>
      toProblem(code, fieldSubject(`${path}${field}`, FIELD_NAMES[field]), {
        row: index,
        field,
        tenantId: wanted.tenantId,
        tenantName: facts.tenants.get(wanted.tenantId)?.name ?? null,
        ...more,
      }),
  }
}
