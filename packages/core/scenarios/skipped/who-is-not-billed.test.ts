import { expect, test } from 'vitest'
import type { Contract } from '../../src/ledger.ts'
import { planRun } from '../../src/run/plan-run.ts'
import type { AccountMapping } from '../../src/settings.ts'
import {
  aContract,
  anAccountMapping,
  aReading,
  aService,
  CONTRACT,
  ENDPOINT_SERVICE,
  someUsage,
  usageOf,
} from '../../src/testing/index.ts'
import { toDay } from '../../src/values/day.ts'
import type { AccountId, ContractId, TenantId } from '../../src/values/ids.ts'
import { toDecimal } from '../../src/values/money.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 7: mapped, switched on, with a contract of type 7 that is theirs and covers the date. Whoever is skipped is found,
 * with what it costs a month: 12 devices at 3.00.
 *
 *     Jan 1 ---- contract ---- Sep 30 |  Oct 10: 12 in use      CONTRACT_ENDED, 36.00 a month
 *     Jan 1 ---- contract, billing switched off ---- Dec 31     BILLING_OFF, 36.00 a month
 */
const cases: readonly (readonly [string, Partial<AccountMapping>, Partial<Contract>])[] = [
  ['TENANT_UNMAPPED', { account: null }, {}],
  ['TENANT_VANISHED', { tenantVanished: true }, {}],
  ['BILLING_OFF', { billingEnabled: false }, {}],
  ['CONTRACT_NOT_CHOSEN', { contract: null }, {}],
  ['CONTRACT_MISSING', { contract: 'contract-gone' as ContractId }, {}],
  ['CONTRACT_OF_ANOTHER_ACCOUNT', {}, { account: 'account-southwind' as AccountId }],
  ['CONTRACT_NOT_RECURRING', {}, { isRecurringService: false }],
  ['CONTRACT_ENDED', {}, { endDay: toDay('2026-09-30') }],
  ['CONTRACT_NOT_STARTED', {}, { startDay: toDay('2026-11-01') }],
  [
    'CONTRACT_RENEWED',
    {},
    { endDay: toDay('2026-09-30'), renewedAs: 'contract-new' as ContractId },
  ],
]

test.each(cases)('%s skips the customer, and says what that costs', async (...row) => {
  const [code, account, contract] = row
  const story = startStory({ account, contract })
  story.on('2026-10-10')
  story.uses(12)
  const plan = await story.preview()
  expect([plan.lines, plan.adjustments, plan.holds]).toEqual([[], [], []])
  expect(plan.findings.map((finding) => [finding.code, finding.revenueAtRiskPerMonth])).toEqual([
    [code, '36.0000'],
  ])
  expect(plan.totals.revenueAtRiskPerMonth).toBe('36.0000')
  await story.run()
  expect(story.ledger.lines()).toEqual([])
})

/*
 * The customer's own price counts where its contract has one: 12 at 3.00 on the line, although the catalogue says 5.00 by now.
 */
test('what skipping costs is said at the price of the customer, not of the catalogue', async () => {
  const story = startStory({ contract: { endDay: toDay('2026-09-30') } })
  story.ledger.addLine(CONTRACT, ENDPOINT_SERVICE, toDay('2026-01-01'), 10)
  story.ledger.addService(aService({ unitPrice: toDecimal('5.00') }))
  story.on('2026-10-10')
  story.uses(12)
  const { findings } = await story.preview()
  expect(findings.map((finding) => [finding.code, finding.revenueAtRiskPerMonth])).toEqual([
    ['CONTRACT_ENDED', '36.0000'],
  ])
})

/*
 * Two customers, one contract:
 *
 *     Northwind    Southwind            Northwind is
 *     on           on                   not billed, and neither is Southwind: each would undo the other
 *     on           off, or vanished     billed
 */
const cousins: readonly (readonly [string, Partial<AccountMapping>, number])[] = [
  ['switched on', {}, 0],
  ['switched off', { billingEnabled: false }, 1],
  ['gone from the usage source', { tenantVanished: true }, 1],
]

test.each(cousins)('beside another customer on the same contract that is %s', async (...row) => {
  const [, change, adjustments] = row
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  const tenant = 'southwind' as typeof story.account.tenant
  const other = { ...story.account, tenant, ...change }
  const request = { ...story.request(), accountMappings: [story.account, other] }
  const { plan } = await planRun(story, request)
  const shared = plan.findings.filter(({ code }) => code === 'CONTRACT_SHARED')
  expect(plan.adjustments).toHaveLength(adjustments)
  expect(shared.map(({ subject }) => subject.id)).toEqual(
    adjustments === 0 ? ['northwind', 'southwind'] : [],
  )
})

/*
 * Peers 6.3 (missing tenant filter): each customer is billed by its own reading.
 *
 *     Northwind 12     Southwind 7     nobody else is billed for either
 */
test('a customer is billed by its own reading and by no other one', async () => {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  const request = story.request()
  const southwind = {
    tenant: 'southwind' as TenantId,
    account: 'account-southwind' as AccountId,
    contract: 'contract-southwind' as ContractId,
  }
  const { account, contract: id, tenant } = southwind
  story.ledger.addContract(aContract({ id, account }))
  const { plan } = await planRun(story, {
    ...request,
    accountMappings: [story.account, anAccountMapping(southwind)],
    usage: [
      ...request.usage,
      usageOf([aReading('2026-10-10', [someUsage(7)], { tenant })], tenant),
    ],
  })
  expect(plan.adjustments.map((one) => [one.tenant, one.contract, one.after])).toEqual([
    ['northwind', CONTRACT, 12],
    ['southwind', id, 7],
  ])
})

test('an inactive contract is billed until it ends, as Autotask does, and its end is announced', async () => {
  const story = startStory({ contract: { isActive: false, endDay: toDay('2026-10-31') } })
  story.on('2026-10-10')
  story.uses(12)
  const plan = await story.preview()
  expect(plan.findings.map(({ code }) => code)).toEqual(['CONTRACT_ENDING', 'CONTRACT_INACTIVE'])
  expect(plan.adjustments).toHaveLength(1)
})
