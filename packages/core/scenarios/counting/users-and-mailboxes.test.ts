import { expect, test } from 'vitest'
import { aService, aServiceMapping, someUsage } from '../../src/testing/index.ts'
import type { ApplicationName, ServiceId } from '../../src/values/ids.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 2: what is counted by mailbox or user has one service, never three, also where devices are billed by category.
 *
 *     Mail Security    42 mailboxes     service-mail              42
 *                                       (as workstations)          -      such a mapping is not in force
 */
const MAIL = 'Mail Security' as ApplicationName
const [MAIL_SERVICE, OTHER_SERVICE] = ['service-mail' as ServiceId, 'service-other' as ServiceId]

test.each(['MAILBOX', 'USER'] as const)('%s counts go whole to one service', async (unit) => {
  const mapping = aServiceMapping({ application: MAIL, unit, service: MAIL_SERVICE })
  const split = { ...mapping, category: 'WINDOWS_WORKSTATION' as const, service: OTHER_SERVICE }
  const story = startStory({
    settings: { billDevicesByCategory: true },
    mappings: [mapping, split],
  })
  for (const id of [MAIL_SERVICE, OTHER_SERVICE]) story.ledger.addService(aService({ id }))
  story.on('2026-10-01')
  story.uses([someUsage(42, { application: MAIL, unit })])
  const plan = await story.preview()
  expect(plan.adjustments.map(({ service, after }) => [service, after])).toEqual([
    [MAIL_SERVICE, 42],
  ])
  expect(plan.findings).toEqual([])
})
