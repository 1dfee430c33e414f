import type { PlanContext } from './planning/account.ts'
import { findUnmappedLines, planAccount } from './planning/account.ts'
import { buildBilledIndex } from './billed.ts'
import type { Draft } from './planning/draft.ts'
import { addOrUndo, startDraft } from './planning/draft.ts'
import { findSharedContracts, tenantSubject } from './planning/eligibility.ts'
import { finishPlan } from './planning/finish-plan.ts'
import { collectGaps } from './planning/gaps.ts'
import type { LineRecord } from './history.ts'
import { invariant, InvariantError } from './invariant.ts'
import { makeFinding } from './issue.ts'
import type { LedgerState } from './ledger.ts'
import { createPriceBook } from './planning/price.ts'
import { buildMappingIndex } from './planning/mapping-index.ts'
import type { Plan, PlannedAdjustment } from './plan.ts'
import type { AccountMapping, BillingSettings, ServiceMapping } from './settings.ts'
import type { CreateSections } from './planning/sections.ts'
import { chainSections, OutOfOrderError, walkSections } from './planning/sections.ts'
import type { TenantUsage } from './usage.ts'
import type { Day } from './values/day.ts'
import type { TenantId } from './values/ids.ts'

/** A person's yes to one held change. It holds for exactly this change: another number asks again. */
export type Approval = Pick<PlannedAdjustment, 'key' | 'effectiveDay' | 'before' | 'after'>

/** Everything a plan follows from. The order of the lists does not matter. */
export interface ReconcileInput {
  /** The day that is decided for, in the integration's time zone. */
  readonly day: Day
  readonly settings: BillingSettings
  readonly accountMappings: readonly AccountMapping[]
  readonly serviceMappings: readonly ServiceMapping[]
  readonly usage: readonly TenantUsage[]
  readonly ledger: LedgerState
  readonly lineRecords: readonly LineRecord[]
  /** Changes that a person approved although a brake held them. */
  readonly approvals?: readonly Approval[]
}

/**
 * What should be billed against what is billed, as a plan. Pure: the same input gives the same plan, and computing it
 * changes nothing. Preview, run, replay and tests all call this one function (product.md, rule 14).
 *
 * Customer by customer: may it be billed (`eligibility`), what was read (`readings`), what should its lines carry
 * (`target`, `rules`), what do they carry (`billed`, `levels`), from when may that change (`effective-day`), what is the
 * difference (`diff`), and what speaks against it (`guard`, `brakes`).
 *
 * A bug in the data of one customer parks that customer; the plan goes on.
 */
export function reconcile(input: ReconcileInput): Plan {
  const mappings = input.accountMappings.toSorted(compareMappings)
  try {
    return planBy(walkSections, mappings, input)
  } catch (error) {
    if (!(error instanceof OutOfOrderError)) throw error
    return planBy(chainSections, mappings, input)
  }
}

/** Plans with the lists read in one way or the other; the first is quicker, and mostly the lists come in its order. */
function planBy(
  createSections: CreateSections,
  mappings: readonly AccountMapping[],
  input: ReconcileInput,
): Plan {
  const context = buildContext(input, mappings, createSections)
  const draft = startDraft()
  for (const mapping of mappings) planOrPark(mapping, context, draft)
  context.index.finish()
  draft.findings.push(...context.gaps.findings())
  return finishPlan(draft, context)
}

function buildContext(
  input: ReconcileInput,
  sorted: readonly AccountMapping[],
  createSections: CreateSections,
): PlanContext {
  const { settings } = input
  const index = buildBilledIndex(input.ledger, input.lineRecords, createSections)
  const mappings = buildMappingIndex(input.serviceMappings, settings)
  const approvals = new Map((input.approvals ?? []).map((approval) => [approval.key, approval]))
  return {
    day: input.day,
    settings,
    mappings,
    index,
    usage: indexUsage(input.usage),
    sharedContracts: findSharedContracts(sorted),
    gaps: collectGaps(mappings, settings, index),
    prices: createPriceBook(),
    isApproved: ({ key, effectiveDay, before, after }) => {
      const approval = approvals.get(key)
      return (
        approval !== undefined &&
        approval.effectiveDay === effectiveDay &&
        approval.before === before &&
        approval.after === after
      )
    },
  }
}

function indexUsage(usage: readonly TenantUsage[]): PlanContext['usage'] {
  const byTenant = new Map<TenantId, TenantUsage>()
  for (const tenantUsage of usage) byTenant.set(tenantUsage.tenant, tenantUsage)
  invariant(byTenant.size === usage.length, 'the usage of a tenant is given twice')
  return byTenant
}

function planOrPark(mapping: AccountMapping, context: PlanContext, draft: Draft): void {
  try {
    addOrUndo(draft, () => {
      const billed = planAccount(mapping, context, draft)
      const { contract, billingEnabled } = mapping
      if (contract === null || !billingEnabled) return
      const known = billed ?? context.index.billedOn(contract)
      draft.findings.push(...findUnmappedLines(mapping, contract, known, context))
    })
  } catch (error) {
    if (!(error instanceof InvariantError)) throw error
    const facts = { reason: error.message, because: 'INVARIANT' }
    draft.findings.push(makeFinding('ACCOUNT_PARKED', tenantSubject(mapping), facts))
  }
}

/** By contract, then tenant, so that the plan's lines come out sorted. */
function compareMappings(a: AccountMapping, b: AccountMapping): number {
  const [contractA, contractB] = [a.contract ?? '', b.contract ?? '']
  if (contractA !== contractB) return contractA < contractB ? -1 : 1
  return a.tenant < b.tenant ? -1 : 1
}
