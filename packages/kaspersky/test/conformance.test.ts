import type { TenantId } from '@trueup/core'
import type { SourceSubject } from '@trueup/core/testing'
import { usageSourceSuite } from '@trueup/core/testing'
import type { SecurityCenterSettings } from '@trueup/sandbox'
import { describe, expect, test } from 'vitest'
import { createLicenceReportSource } from '../src/index.ts'
import { connect, openPractice, quantitiesOf } from './practice.ts'
import { inPieces, PROFILE, RECEIVED, reportOf } from './report-text.ts'

/** A practice server of which one virtual server can be closed to the account. */
async function openSubject(
  securityCenter: Partial<SecurityCenterSettings>,
): Promise<SourceSubject> {
  const sandbox = await openPractice({ virtualServers: 6, devices: 150, securityCenter })
  const [first] = sandbox.state().virtualServers
  const tenant = (first?.uid ?? '') as TenantId
  return {
    source: connect(sandbox),
    truth: { tenant, quantities: quantitiesOf(sandbox, tenant) },
    // Closed to the account, it also drops out of what the main session sees.
    breakTenant: async (broken) => {
      const { id = 0 } = sandbox.state().virtualServers.find(({ uid }) => uid === broken) ?? {}
      sandbox.securityCenter.change({ reach: 'own', deniedVirtualServers: [id] })
    },
    close: () => sandbox.close(),
  }
}

describe.each([
  ['read by the wide plan', {}],
  ['read server by server', { reach: 'own' }],
] as const)('a Security Center %s keeps the promises of a usage source', (_plan, settings) => {
  test.each(usageSourceSuite(() => openSubject(settings)))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})

/** A report in which one company's rows can turn wrong. */
async function openReport(): Promise<SourceSubject> {
  const broken = new Set<string>()
  const row = (company: string, application: string, licence: string): string =>
    `${company};${application};${broken.has(company) ? 'lots' : '4'};Devices;;;;;${licence}`
  return {
    source: createLicenceReportSource({
      open: () =>
        inPieces(
          reportOf(
            row('Northwind', 'Endpoint Cloud', 'L-1'),
            row('Northwind', 'Endpoint Cloud Plus', 'L-2'),
            row('Contoso', 'Endpoint Cloud', 'L-3'),
          ),
        ),
      profile: PROFILE,
      receivedDay: RECEIVED,
      acceptPartial: true,
    }),
    truth: {
      tenant: 'Northwind' as TenantId,
      quantities: { 'Endpoint Cloud': 4, 'Endpoint Cloud Plus': 4 },
    },
    breakTenant: async (tenant) => void broken.add(tenant),
  }
}

describe('a licence report keeps the promises of a usage source', () => {
  test.each(usageSourceSuite(openReport))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})

test('a source whose report is refused fails, and says with what', async () => {
  const source = createLicenceReportSource({
    open: () => inPieces(reportOf('Northwind;Endpoint Cloud;lots;Devices;;;;;')),
    profile: PROFILE,
    receivedDay: RECEIVED,
  })
  await expect(source.readTenants({})).rejects.toMatchObject({
    code: 'REPORT_REFUSED',
    retryable: false,
    facts: { problems: 1, first: 'REPORT_NUMBER_UNREADABLE', row: 2, column: 'Used' },
  })
})
