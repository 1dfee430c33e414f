import { expect, test } from 'vitest'
import type { ContractLedger } from '../../src/ports.ts'
import { planRun } from '../../src/run/plan-run.ts'
import { runBilling } from '../../src/run/run-billing.ts'
import {
  aContract,
  anAccountMapping,
  aReading,
  aService,
  aServiceMapping,
  CONTRACT,
  createFakeClock,
  createMemoryJournal,
  createMemoryLedger,
  someSettings,
  someUsage,
  usageOf,
} from '../../src/testing/index.ts'
import { toDay } from '../../src/values/day.ts'
import type { AccountId, ContractId, TenantId } from '../../src/values/ids.ts'
import { startStory } from '../../test/support/story.ts'
import { watchPosts } from '../../test/support/watch-posts.ts'

/*
 * Rule 19: 100 lines on 100 contracts, 10 of them change.
 *
 *     1 reading before, 10 posts, 1 reading after          at most 2 posts under way at a time
 */
test('a run reads once before its posts and once after them, and posts two at a time', async () => {
  const memory = createMemoryLedger()
  const { ledger, mostAtOnce } = watchPosts(memory)
  const parts = {
    ledger: { ...memory, ...ledger },
    journal: createMemoryJournal(),
    clock: createFakeClock(),
  }
  parts.ledger.addService(aService())
  const customers = Array.from({ length: 100 }, (_, index) => ({
    tenant: `tenant-${index}` as TenantId,
    account: `account-${index}` as AccountId,
    contract: `contract-${index}` as ContractId,
  }))
  for (const { contract: id, account } of customers)
    parts.ledger.addContract(aContract({ id, account }))
  const requestWith = (changed: number) => ({
    day: toDay('2026-10-10'),
    settings: someSettings(),
    accountMappings: customers.map((customer) => anAccountMapping(customer)),
    serviceMappings: [aServiceMapping()],
    usage: customers.map(({ tenant }, index) => {
      const units = index < changed ? 8 : 5
      return usageOf([aReading('2026-10-10', [someUsage(units)], { tenant })], tenant)
    }),
    apply: 'ALL' as const,
  })
  const run = async (changed: number): Promise<Map<string, number>> => {
    const before = parts.ledger.calls().length
    for await (const event of runBilling(parts, requestWith(changed))) void event
    const counts = new Map<string, number>()
    for (const call of parts.ledger.calls().slice(before)) {
      counts.set(call, (counts.get(call) ?? 0) + 1)
    }
    return counts
  }
  await run(0)
  expect([...(await run(10))]).toEqual([
    ['readLedger', 1],
    ['applyAdjustment', 10],
    ['readWritten', 1],
  ])
  expect([...(await run(10))]).toEqual([['readLedger', 1]])
  expect(mostAtOnce()).toBe(2)
})

test('contracts that nobody is billed on are not read', async () => {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  const asked: string[] = []
  const ledger: ContractLedger = {
    ...story.ledger,
    readLedger: (request, options) => {
      asked.push(...request.contracts)
      return story.ledger.readLedger(request, options)
    },
  }
  const also = [{ billingEnabled: false }, { account: null }, { tenantVanished: true }]
  const accountMappings = also.map((change, index) =>
    anAccountMapping({
      tenant: `tenant-${index}` as TenantId,
      contract: `contract-${index}` as ContractId,
      ...change,
    }),
  )
  const request = { ...story.request(), accountMappings: [story.account, ...accountMappings] }
  await planRun({ ledger, journal: story.journal }, request)
  expect(asked).toEqual([CONTRACT])
})
