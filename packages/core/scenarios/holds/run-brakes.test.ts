import { expect, test } from 'vitest'
import type { Contract } from '../../src/ledger.ts'
import type { Plan } from '../../src/plan.ts'
import { reconcile } from '../../src/reconcile.ts'
import type { BrakeLimits } from '../../src/settings.ts'
import { NO_BRAKES } from '../../src/settings.ts'
import {
  aContract,
  anAccountMapping,
  aReading,
  aService,
  aServiceMapping,
  someSettings,
  someUsage,
  usageOf,
} from '../../src/testing/index.ts'
import { toDay } from '../../src/values/day.ts'
import type { AccountId, ContractId, TenantId } from '../../src/values/ids.ts'
import { toDecimal } from '../../src/values/money.ts'

/*
 * Rule 12: the run's limits. Three customers rise by 3, 4 and 90 units. The large one waits, the small ones go on.
 *
 *     limit 50 units: 97 together, without the 90: 7
 */
function planThree(brakes: Partial<BrakeLimits>): Plan {
  const sizes = [3, 4, 90]
  const contracts = sizes.map((_, index): Contract => {
    return aContract({
      id: `contract-${index}` as ContractId,
      account: `account-${index}` as AccountId,
    })
  })
  return reconcile({
    day: toDay('2026-10-10'),
    settings: someSettings({ brakes: { ...NO_BRAKES, ...brakes } }),
    accountMappings: contracts.map(({ id, account }, index) =>
      anAccountMapping({ tenant: `tenant-${index}` as TenantId, account, contract: id }),
    ),
    serviceMappings: [aServiceMapping()],
    usage: sizes.map((size, index) => {
      const tenant = `tenant-${index}` as TenantId
      return usageOf([aReading('2026-10-10', [someUsage(size)], { tenant })], tenant)
    }),
    ledger: { contracts, lines: [], unitPeriods: [], services: [aService()] },
    lineRecords: [],
  })
}

test.each<[Partial<BrakeLimits>, string]>([
  [{ runUnits: 50 }, 'RUN_LIMIT_UNITS'],
  [{ runMoney: toDecimal('150.00') }, 'RUN_LIMIT_MONEY'],
])('over %o the account with the largest change is parked and the others go on', (brakes, code) => {
  const plan = planThree(brakes)
  expect(plan.adjustments.map(({ after }) => after)).toEqual([3, 4])
  expect(plan.holds.map((hold) => [hold.code, hold.adjustment.after])).toEqual([[code, 90]])
  const parked = plan.findings.filter((finding) => finding.code === 'ACCOUNT_PARKED')
  expect(parked.map(({ subject, facts }) => [subject.id, facts.because])).toEqual([
    ['account-2', code],
  ])
})

test('a run exactly at its limit goes through', () => {
  expect(planThree({ runUnits: 97 }).holds).toEqual([])
  expect(planThree({ runMoney: toDecimal('291.00') }).holds).toEqual([])
})

test('data that contradict themselves park their customer, never the run', () => {
  const usage = [someUsage(1), someUsage(2)]
  const tenant = 'tenant-broken' as TenantId
  const plan = reconcile({
    day: toDay('2026-10-10'),
    settings: someSettings(),
    accountMappings: [
      anAccountMapping(),
      anAccountMapping({ tenant, contract: 'other' as ContractId }),
    ],
    serviceMappings: [aServiceMapping()],
    usage: [
      usageOf([aReading('2026-10-10', [someUsage(5)])]),
      usageOf([aReading('2026-10-10', usage, { tenant })], tenant),
    ],
    ledger: {
      contracts: [aContract(), aContract({ id: 'other' as ContractId })],
      lines: [],
      unitPeriods: [],
      services: [aService()],
    },
    lineRecords: [],
  })
  expect(plan.adjustments).toHaveLength(1)
  expect(plan.findings.map(({ code, facts }) => [code, facts.because])).toEqual([
    ['ACCOUNT_PARKED', 'INVARIANT'],
  ])
})
