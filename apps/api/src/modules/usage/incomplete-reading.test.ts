import type { SecurityCenterSettings } from '@trueup/sandbox'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/kit/databases.ts'
import { mapCustomers } from '../../../test/kit/map-customers.ts'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'

interface Run {
  status: string
  totals: { adjustments: number; held: number }
  problems: { code: string; facts: { name: string; value: string }[] }[]
  adjustments: { nodes: { tenant: { id: string } }[] }
  findings: { nodes: { code: string; message: string; facts: { name: string; value: string }[] }[] }
  snapshot: {
    tenantsComplete: number
    tenantsIncomplete: number
    counts: { tenant: { id: string }; complete: boolean; reason: string | null; counts: object[] }[]
  } | null
}

const RUN = /* GraphQL */ `
  mutation ($id: ID!) {
    runNow(integrationId: $id, wait: true) {
      run {
        status
        totals {
          adjustments
          held
        }
        problems {
          code
          facts {
            name
            value
          }
        }
        adjustments(first: 500) {
          nodes {
            tenant {
              id
            }
          }
        }
        findings(first: 500) {
          nodes {
            code
            message
            facts {
              name
              value
            }
          }
        }
        snapshot {
          tenantsComplete
          tenantsIncomplete
          counts {
            tenant {
              id
            }
            complete
            reason
            counts {
              quantity
            }
          }
        }
      }
    }
  }
`

/** What makes readings incomplete, and why each tenant then has none. */
const incomplete: readonly [string, Partial<SecurityCenterSettings>, string][] = [
  ['totals of keys that do not agree', { totals: 'currentCountOff' }, 'KSC_KEY_TOTAL_DIFFERS'],
  ['a row announced that does not come', { totals: 'keyCountOff' }, 'KSC_TOTALS_DIFFER'],
  ['iterators that end at once', { cursorReads: 0 }, 'KSC_NOT_FOUND'],
  ['no right to see devices', { denied: ['FindHosts'] }, 'KSC_ACCESS_DENIED'],
  ['no right to see who uses a key', { denied: ['AcquireKeyHosts'] }, 'KSC_ACCESS_DENIED'],
  ['keys without an end', { missingFields: { KLLIC_LIMIT_DATE: 1 } }, 'KSC_FIELD_MISSING'],
  ['keys without a product', { missingFields: { KLLIC_PROD_NAME: 1 } }, 'KSC_FIELD_MISSING'],
  ['keys without a total', { missingFields: { KLLIC_NHOSTS_ASCURRENT: 1 } }, 'KSC_FIELD_MISSING'],
  [
    'devices without an id',
    { missingFields: { KLHST_WKS_HOSTNAME: 9 } },
    'KSC_ANSWER_NOT_UNDERSTOOD',
  ],
]

describe.each(databaseKinds)('an incomplete reading leaves billing untouched, on %s', (kind) => {
  let practice: Practice
  let settings: SecurityCenterSettings
  beforeAll(async () => {
    practice = await startPractice(kind, {
      switches: { serviceTimeMs: 0 },
      virtualServers: 6,
      devices: 80,
    })
    settings = { ...practice.sandbox.securityCenter.settings }
    await mapCustomers(practice)
    await runNow()
    // Everybody uses less now: a reading that is taken for whole would lower every line.
    for (const { virtualServerId, application, category, devices } of practice.sandbox.state()
      .usage)
      practice.sandbox.setUsage({
        virtualServer: virtualServerId,
        application,
        category,
        devices: Math.floor(devices / 2),
      })
  })
  afterEach(() => {
    practice.sandbox.securityCenter.change(settings)
    practice.sandbox.securityCenter.restart()
  })
  afterAll(() => practice.close())

  const runNow = async (): Promise<Run> => {
    const { data, errors } = await practice.trueup.ask<{ runNow: { run: Run } }>(RUN, {
      id: practice.integrationId,
    })
    expect(errors).toEqual([])
    return data.runNow.run
  }

  // What the databases differ in is the storing; the kinds of incompleteness are the same for it.
  test.for(kind === 'sqlite' ? incomplete : incomplete.slice(0, 2))(
    '%s: no snapshot of anybody, no change, and a finding',
    async ([, changed, reason]) => {
      practice.sandbox.securityCenter.change(changed)
      const before = practice.sandbox.state().unitPeriods
      const run = await runNow()
      const findings = run.findings.nodes.filter(({ code }) => code === 'READING_INCOMPLETE')
      const left = run.snapshot?.counts.filter(({ complete }) => !complete) ?? []
      expect(left.length).toBeGreaterThan(0)
      expect(left.every(({ counts }) => counts.length === 0)).toBe(true)
      expect(left.map((one) => one.reason)).toContain(reason)
      expect(findings.length).toBeGreaterThan(0)
      expect(findings.every(({ message }) => message.includes('Nothing is changed'))).toBe(true)
      // Where some tenants were read with certainty, they alone may have changed.
      const untouched = new Set(left.map(({ tenant }) => tenant.id))
      expect(run.adjustments.nodes.filter(({ tenant }) => untouched.has(tenant.id))).toEqual([])
      const { unitPeriods } = practice.sandbox.state()
      expect(run.totals.adjustments > 0 ? before : unitPeriods).toEqual(before)
    },
  )

  test('totals that do not agree are shown with both numbers', async () => {
    practice.sandbox.securityCenter.change({ totals: 'currentCountOff' })
    const run = await runNow()
    const finding = run.findings.nodes.find(({ code }) => code === 'READING_INCOMPLETE')
    const fact = (name: string): number =>
      Number(finding?.facts.find((one) => one.name === name)?.value)
    expect(fact('expected')).toBe(fact('read') + 1)
  })

  test.for<[string, Partial<SecurityCenterSettings>, string]>([
    ['the list of virtual servers is refused', { denied: ['GetVServers'] }, 'KSC_ACCESS_DENIED'],
    [
      'virtual servers come without their id',
      { missingFields: { 'VServers.KLVSRV_UID': 2 } },
      'KSC_ANSWER_NOT_UNDERSTOOD',
    ],
  ])('when %s the run fails with the reason and nothing is stored', async ([, changed, code]) => {
    practice.sandbox.securityCenter.change(changed)
    const before = practice.sandbox.state().unitPeriods
    const run = await runNow()
    expect(run.status).toBe('FAILED')
    expect(run.snapshot).toBeNull()
    expect(run.problems[0]?.code).toBe('VENDOR_FAILED')
    expect(run.problems[0]?.facts).toContainEqual({ name: 'code', value: code })
    expect(practice.sandbox.state().unitPeriods).toEqual(before)
  })

  test('once everything can be read again, the lines are brought to what is used', async () => {
    const run = await runNow()
    expect(run.snapshot?.tenantsIncomplete).toBe(0)
    expect(run.totals.adjustments + run.totals.held).toBeGreaterThan(3)
  })
})
