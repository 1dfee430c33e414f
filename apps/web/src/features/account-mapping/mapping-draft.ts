import type {
  AccountMappingInput,
  ContractPartsFragment,
  EffectiveDatePolicy,
  MappedTenantFragment,
  MappingPartsFragment,
} from '../../gql/graphql.ts'

/** An account as a row shows it. */
export interface ChosenAccount {
  readonly id: string
  readonly name: string
}

/** What a person can set on one row. */
export interface MappingValues {
  readonly account: ChosenAccount | null
  readonly billingEnabled: boolean
  readonly contract: ContractPartsFragment | null
  /** From when changes count; null: as the integration's setting says. */
  readonly effectiveDatePolicy: EffectiveDatePolicy | null
}

/** One row's staged edit: what stands in the database, and what saving would put there. */
export interface MappingDraft {
  /** The row as it was when it was staged. */
  readonly tenant: MappedTenantFragment
  /** The version the edit was made on; a newer one in the database refuses it. */
  readonly version: number
  readonly saved: MappingValues
  readonly next: MappingValues
}

/** The values of a stored mapping. */
export function toValues({
  account,
  billingEnabled,
  contract,
  effectiveDatePolicy,
}: MappingPartsFragment): MappingValues {
  return { account, billingEnabled, contract, effectiveDatePolicy }
}

/** Another account takes its contract with it, and without an account there is nothing to bill. */
export function withAccount(values: MappingValues, account: ChosenAccount | null): MappingValues {
  if (account?.id === values.account?.id) return values
  return {
    ...values,
    account,
    contract: null,
    billingEnabled: account !== null && values.billingEnabled,
  }
}

/** True when a person would see no difference. */
export function isSameValues(a: MappingValues, b: MappingValues): boolean {
  return (
    a.account?.id === b.account?.id &&
    a.billingEnabled === b.billingEnabled &&
    a.contract?.id === b.contract?.id &&
    a.effectiveDatePolicy === b.effectiveDatePolicy
  )
}

/** The row as the API takes it. */
export function toMappingInput({ tenant, version, next }: MappingDraft): AccountMappingInput {
  return {
    tenantId: tenant.id,
    version,
    accountId: next.account?.id ?? null,
    billingEnabled: next.billingEnabled,
    contractId: next.contract?.id ?? null,
    effectiveDatePolicy: next.effectiveDatePolicy,
  }
}

/** What saving would change, a phrase for each kind: "3 mappings", "billing on for 2". */
export function summarizeMappings(drafts: Iterable<MappingDraft>): string[] {
  const counts = { mapped: 0, moved: 0, unmapped: 0, on: 0, off: 0, contracts: 0, days: 0 }
  for (const { saved, next } of drafts) {
    if (saved.account === null && next.account !== null) counts.mapped += 1
    else if (saved.account !== null && next.account === null) counts.unmapped += 1
    else if (saved.account?.id !== next.account?.id) counts.moved += 1
    if (!saved.billingEnabled && next.billingEnabled) counts.on += 1
    if (saved.billingEnabled && !next.billingEnabled) counts.off += 1
    if (next.contract !== null && next.contract.id !== saved.contract?.id) counts.contracts += 1
    if (next.effectiveDatePolicy !== saved.effectiveDatePolicy) counts.days += 1
  }
  const phrases: [number, string][] = [
    [counts.mapped, counts.mapped === 1 ? '1 mapping' : `${counts.mapped} mappings`],
    [counts.moved, `another account for ${counts.moved}`],
    [counts.unmapped, `${counts.unmapped} unmapped`],
    [counts.on, `billing on for ${counts.on}`],
    [counts.off, `billing off for ${counts.off}`],
    [counts.contracts, `contract for ${counts.contracts}`],
    [counts.days, `start of changes for ${counts.days}`],
  ]
  return phrases.filter(([count]) => count > 0).map(([, phrase]) => phrase)
}

/** Accounts as they would be held after saving, where that differs from the database. */
export interface StagedHolders {
  /** Account id to the tenant that would hold it. */
  readonly taken: ReadonlyMap<string, { readonly id: string; readonly name: string }>
  /** Accounts that a staged edit gives up. */
  readonly released: ReadonlySet<string>
}

/** Who would hold which account if everything staged were saved. */
export function findStagedHolders(drafts: Iterable<MappingDraft>): StagedHolders {
  const taken = new Map<string, { id: string; name: string }>()
  const released = new Set<string>()
  for (const { tenant, saved, next } of drafts) {
    if (saved.account?.id === next.account?.id) continue
    if (next.account !== null) taken.set(next.account.id, tenant)
    if (saved.account !== null) released.add(saved.account.id)
  }
  return { taken, released }
}
