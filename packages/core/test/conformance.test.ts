import { describe, expect, test } from 'vitest'
import type { UsageReading, UsageSource } from '../src/ports.ts'
import {
  aContract,
  ACCOUNT,
  aService,
  CONTRACT,
  contractLedgerSuite,
  createMemoryJournal,
  createMemoryLedger,
  ENDPOINT,
  ENDPOINT_SERVICE,
  journalSuite,
  NORTHWIND,
  someUsage,
  usageSourceSuite,
} from '../src/testing/index.ts'
import type { LedgerSubject, SourceSubject } from '../src/testing/index.ts'
import { toDay } from '../src/values/day.ts'
import type { ContractId, LineId, TenantId } from '../src/values/ids.ts'

describe('the journal in memory', () => {
  const open = async () => {
    const line = 'line-1' as LineId
    return { journal: createMemoryJournal(), contract: CONTRACT, service: ENDPOINT_SERVICE, line }
  }
  test.each(journalSuite(open))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})

describe('the PSA in memory', () => {
  const open = async (): Promise<LedgerSubject> => {
    const ledger = createMemoryLedger()
    const otherContract = 'contract-other' as ContractId
    ledger.addContract(aContract())
    ledger.addContract(aContract({ id: otherContract }))
    ledger.addService(aService())
    return {
      ledger,
      day: toDay('2026-10-10'),
      periodStart: toDay('2026-10-01'),
      account: ACCOUNT,
      contract: CONTRACT,
      otherContract,
      service: ENDPOINT_SERVICE,
      loseNextAnswer: async () => ledger.failNext('post', 'LOSE_ANSWER'),
    }
  }
  test.each(contractLedgerSuite(open))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})

describe('a usage source', () => {
  const open = async (): Promise<SourceSubject> => {
    const broken = new Set<TenantId>()
    return {
      source: aSource(broken),
      truth: { tenant: NORTHWIND, quantities: { [ENDPOINT]: 4 } },
      breakTenant: async (tenant) => void broken.add(tenant),
    }
  }
  test.each(usageSourceSuite(open))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })

  test('that takes a break in the middle for zero breaks its promise', async () => {
    const open = async (): Promise<SourceSubject> => ({
      source: aSource(new Set()),
      truth: { tenant: NORTHWIND, quantities: {} },
      breakTenant: async () => undefined,
    })
    const [promise] = usageSourceSuite(open).filter(({ name }) => name.includes('says so'))
    await expect(promise?.run()).rejects.toThrow('only that tenant')
  })
})

function aSource(broken: ReadonlySet<TenantId>): UsageSource {
  const ids = [NORTHWIND, 'southwind' as TenantId]
  const tenants = ids.map((id) => ({
    id,
    kind: 'VIRTUAL_SERVER' as const,
    name: id,
    isEnabled: true,
  }))
  const readings = (): UsageReading['readings'] =>
    ids.map((tenant) =>
      broken.has(tenant)
        ? { tenant, complete: false, reason: 'BROKEN' }
        : { tenant, complete: true, applications: [someUsage(4)] },
    )
  return {
    readTenants: async () => tenants,
    readUsage: async () => ({
      tenants,
      readings: readings(),
      applications: [{ name: ENDPOINT, unit: 'DEVICE' }],
    }),
  }
}
