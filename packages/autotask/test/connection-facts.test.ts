import { toDay } from '@trueup/core'
import type { Switches } from '@trueup/sandbox'
import { describe, expect, test } from 'vitest'
import { inferFacts, NO_FACTS, type Autotask, type ConnectionFacts } from '../src/index.ts'
import { toContractId, toLineId, toServiceId } from '../src/convert.ts'
import { openPractice, TODAY } from './practice.ts'

async function start(switches: Partial<Switches>) {
  const practice = await openPractice({ empty: true, switches: { serviceTimeMs: 0, ...switches } })
  const { hand } = practice.sandbox
  const account = hand.addAccount({ companyName: 'Customer' })
  const service = hand.addService({ name: 'Service' })
  const contract = hand.addContract({ companyID: account.id, startDate: '2026-01-01' })
  const line = hand.addLine({ contractID: contract.id, serviceID: service.id, units: 10 })
  const ids = {
    contract: toContractId(contract.id),
    service: toServiceId(service.id),
    line: toLineId(line.id),
  }
  return { ...practice, hand, ids }
}

const read = (autotask: Autotask, { ids }: Awaited<ReturnType<typeof start>>) =>
  autotask.readLedger({ contracts: [ids.contract], fromDay: toDay('2026-11-01') }, {})

describe('what is known of a connection', () => {
  test.each([
    { changeRowUnits: 'difference', meaning: 'DIFFERENCE' },
    { changeRowUnits: 'total', meaning: 'TOTAL' },
  ] as const)(
    'makes rows inside a period show the total where they carry the $changeRowUnits',
    async ({ changeRowUnits, meaning }) => {
      const given = await start({ changeRowUnits })
      given.hand.editUnits({ contractServiceID: Number(given.ids.line), units: 15, from: TODAY })
      const facts: ConnectionFacts = {
        ...NO_FACTS,
        ...inferFacts(await read(given.autotask, given)),
      }
      expect(facts.midPeriodRow).toBe(meaning)
      const state = await read(given.connect({ facts }), given)
      const rows = state.unitPeriods.map(({ startDay, units }) => [startDay, units] as const)
      expect(rows.toSorted(([one], [other]) => (one < other ? -1 : 1))).toEqual([
        ['2026-11-01', 10],
        [TODAY, 15],
        ['2026-12-01', 15],
      ])
    },
  )

  test('makes a refused second change of one day a refusal, which is unknown otherwise', async () => {
    const given = await start({ periodStartRepeat: 'refuse' })
    const change = { ...given.ids, effectiveDay: toDay('2026-12-01'), unitChange: 1 }
    expect(await given.autotask.applyAdjustment(change, {})).toEqual({ kind: 'ACCEPTED' })
    expect(await given.autotask.applyAdjustment(change, {})).toMatchObject({ kind: 'UNKNOWN' })
    const facts: ConnectionFacts = { ...NO_FACTS, secondChangeOfOneDay: 'REFUSED' }
    expect(await given.connect({ facts }).applyAdjustment(change, {})).toMatchObject({
      kind: 'REFUSED',
      reason: expect.stringContaining('duplicate data'),
    })
  })

  test('is told by the connection test in place of the question', async () => {
    const given = await start({})
    const facts: ConnectionFacts = {
      midPeriodRow: 'DIFFERENCE',
      postedPeriod: 'NOT_SEEN',
      secondChangeOfOneDay: 'ADDED',
    }
    const { checks } = await given.connect({ facts }).testConnection({})
    const of = (code: string) => checks.filter((one) => one.code === code).map((one) => one.facts)
    expect(of('AUTOTASK_KNOWN_FROM_WRITES')).toEqual([
      { question: 'MID_PERIOD_ROW_MEANING', answer: 'DIFFERENCE' },
      { question: 'SECOND_ADJUSTMENT_AT_PERIOD_START', answer: 'ADDED' },
    ])
    const open = of('AUTOTASK_UNKNOWN_BEFORE_FIRST_WRITE').map(({ question }) => question)
    expect(open).toContain('POSTED_PERIOD_BEHAVIOUR')
    expect(open).not.toContain('MID_PERIOD_ROW_MEANING')
  })
})
