import { expect, test } from 'vitest'
import { sumRiskByTenant } from '../../src/issue.ts'
import type { Plan } from '../../src/plan.ts'
import { reconcile } from '../../src/reconcile.ts'
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
import type {
  AccountId,
  ApplicationName,
  ContractId,
  ServiceId,
  TenantId,
} from '../../src/values/ids.ts'
import { toDay } from '../../src/values/day.ts'

/*
 * Rule 7: what is skipped costs money, and the bookkeeper asks whose. Mail is mapped for servers only, which does not count while
 * devices are not billed by category; web is mapped to a service that is not sold any more. One unit costs 3.00 everywhere.
 *
 *     customer      skipped                            a month
 *     one           7 mail                             21.00
 *     two           5 mail, 2 web                      21.00
 *     three         billing switched off: 4 endpoints  12.00
 *     together      12 mail, 2 web, 4 endpoints        54.00
 */
const MAIL = 'Mail' as ApplicationName
const WEB = 'Web' as ApplicationName
const MAIL_SERVICE = 'mail' as ServiceId
const WEB_SERVICE = 'web' as ServiceId

const USAGE = [
  { tenant: 'one' as TenantId, uses: [someUsage(3), someUsage(7, { application: MAIL })] },
  {
    tenant: 'two' as TenantId,
    uses: [someUsage(5, { application: MAIL }), someUsage(2, { application: WEB })],
  },
  { tenant: 'three' as TenantId, uses: [someUsage(4)] },
]

function planThree(): Plan {
  const day = toDay('2026-10-10')
  const customers = USAGE.map(({ tenant }) => ({
    tenant,
    account: `${tenant}-account` as AccountId,
    contract: `${tenant}-contract` as ContractId,
  }))
  const contracts = customers.map(({ contract: id, account }) => aContract({ id, account }))
  return reconcile({
    day,
    settings: someSettings(),
    accountMappings: customers.map((customer) =>
      anAccountMapping({ ...customer, billingEnabled: customer.tenant !== 'three' }),
    ),
    serviceMappings: [
      aServiceMapping(),
      aServiceMapping({ application: MAIL, service: MAIL_SERVICE, category: 'WINDOWS_SERVER' }),
      aServiceMapping({ application: WEB, service: WEB_SERVICE }),
    ],
    usage: USAGE.map(({ tenant, uses }) => usageOf([aReading(day, uses)], tenant)),
    ledger: {
      contracts,
      services: [
        aService(),
        aService({ id: MAIL_SERVICE }),
        aService({ id: WEB_SERVICE, isActive: false }),
      ],
      lines: [],
      unitPeriods: [],
    },
    lineRecords: [],
  })
}

test('each customer is told what is skipped of its own, and together they make all of it', () => {
  const { findings, totals } = planThree()
  expect(findings.map(({ code }) => code)).toEqual([
    'APPLICATION_UNMAPPED',
    'BILLING_OFF',
    'SERVICE_INACTIVE',
  ])
  expect(Object.fromEntries(sumRiskByTenant(findings))).toEqual({
    one: '21.0000',
    two: '21.0000',
    three: '12.0000',
  })
  expect(totals.revenueAtRiskPerMonth).toBe('54.0000')
})
