import { expect, test } from 'vitest'
import type { Contract } from '../../src/ledger.ts'
import type { AccountMapping } from '../../src/settings.ts'
import { toDay } from '../../src/values/day.ts'
import type { AccountId, ContractId } from '../../src/values/ids.ts'
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
  await story.run()
  expect(story.ledger.lines()).toEqual([])
})

test('two customers on one contract are both skipped, because each would undo the other', async () => {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  const other = { ...story.account, tenant: 'southwind' as typeof story.account.tenant }
  const request = { ...story.request(), accountMappings: [story.account, other] }
  const { planRun } = await import('../../src/run/plan-run.ts')
  const { plan } = await planRun(story, request)
  expect(plan.findings.map(({ code }) => code)).toEqual(['CONTRACT_SHARED', 'CONTRACT_SHARED'])
  expect(plan.adjustments).toEqual([])
})

test('an inactive contract is billed until it ends, as Autotask does, and its end is announced', async () => {
  const story = startStory({ contract: { isActive: false, endDay: toDay('2026-10-31') } })
  story.on('2026-10-10')
  story.uses(12)
  const plan = await story.preview()
  expect(plan.findings.map(({ code }) => code)).toEqual(['CONTRACT_ENDING', 'CONTRACT_INACTIVE'])
  expect(plan.adjustments).toHaveLength(1)
})
