import { expect, test } from 'vitest'
import { runBilling } from '../../src/run/run-billing.ts'
import {
  aContract,
  anAccountMapping,
  aReading,
  aService,
  aServiceMapping,
  createFakeClock,
  createMemoryJournal,
  createMemoryLedger,
  someSettings,
  someUsage,
  usageOf,
} from '../../src/testing/index.ts'
import { toDay } from '../../src/values/day.ts'
import type { AccountId, ContractId, TenantId } from '../../src/values/ids.ts'

/*
 * Rule 19: 100 lines on 100 contracts, 10 of them change.
 *
 *     1 reading before, 10 posts, 1 reading after
 */
test('a run reads once before its posts and once after them', async () => {
  const parts = {
    ledger: createMemoryLedger(),
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
})
