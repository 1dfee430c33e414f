import type { TenantId } from '@trueup/core'
import type { SourceSubject } from '@trueup/core/testing'
import { usageSourceSuite } from '@trueup/core/testing'
import type { SecurityCenterSettings } from '@trueup/sandbox'
import { describe, expect, test } from 'vitest'
import { connect, openPractice, quantitiesOf } from './practice.ts'

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
