import { expect, test } from 'vitest'
import { aService, aServiceMapping, someUsage } from '../../src/testing/index.ts'
import type { ApplicationName, ServiceId } from '../../src/values/ids.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 7: only mapped applications, only services that exist. What is left out is a finding, never silence.
 *
 *     in use     12 Endpoint Security     7 Mail
 *     mapped     service-endpoint         -
 *     billed     12                       a finding: 7 units bring nothing
 */
test('an application in use without a mapping is found with its units', async () => {
  const story = startStory()
  story.on('2026-10-10')
  story.uses([someUsage(12), someUsage(7, { application: 'Mail' as ApplicationName })])
  const { findings, adjustments } = await story.preview()
  expect(adjustments).toHaveLength(1)
  expect(findings.map(({ code, subject, facts }) => [code, subject.id, facts.units])).toEqual([
    ['APPLICATION_UNMAPPED', 'Mail', 7],
  ])
})

test('a mapped service that left the catalogue stops its lines, and only those', async () => {
  const story = startStory({ mappings: [aServiceMapping({ service: 'gone' as ServiceId })] })
  story.on('2026-10-10')
  story.uses(12)
  const { findings, lines } = await story.preview()
  expect(lines).toEqual([])
  expect(findings.map(({ code, facts }) => [code, facts.units])).toEqual([['SERVICE_MISSING', 12]])
})

test('an inactive service is billed where it is, and is added nowhere', async () => {
  const story = startStory()
  story.ledger.addService(aService({ isActive: false }))
  story.on('2026-10-10')
  story.uses(12)
  const before = await story.preview()
  expect(before.lines).toEqual([])
  expect(before.findings.map((one) => [one.code, one.revenueAtRiskPerMonth])).toEqual([
    ['SERVICE_INACTIVE', '36.0000'],
  ])
  story.ledger.addService(aService())
  await story.run()
  story.ledger.addService(aService({ isActive: false }))
  story.on('2026-10-12')
  story.uses(13)
  const after = await story.preview()
  expect(after.adjustments).toHaveLength(1)
  expect(after.findings.map((one) => [one.code, one.revenueAtRiskPerMonth])).toEqual([
    ['SERVICE_INACTIVE', null],
  ])
})

test('a monthly service on a yearly contract is billed with the converted price, and pointed out', async () => {
  const story = startStory({ contract: { periodMonths: 12 } })
  story.on('2026-10-10')
  story.uses(2)
  const { findings, adjustments } = await story.preview()
  expect(findings.map(({ code }) => code)).toEqual(['SERVICE_PERIOD_DIFFERS'])
  expect(adjustments[0]?.money).toMatchObject({ unitPrice: '36.0000', perPeriod: '72.0000' })
})

test('a price that nobody tells makes no amount, rather than a guessed one', async () => {
  const story = startStory()
  story.ledger.addService(aService({ unitPrice: null }))
  story.on('2026-10-10')
  story.uses(12)
  const { adjustments, totals } = await story.preview()
  expect(adjustments[0]?.money).toMatchObject({ unitPrice: null, firstPeriod: null })
  expect(totals.moneyPerPeriod).toBe('0.0000')
})
