import { toDay } from '@trueup/core'
import { contractLedgerSuite, type LedgerSubject } from '@trueup/core/testing'
import type { Switches } from '@trueup/sandbox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPractice, TODAY, type Practice } from './practice.ts'
import { SWITCH_POSITIONS } from './switch-positions.ts'
import { toAccountId, toContractId, toServiceId } from '../src/convert.ts'

// One world for all: starting one takes longer than most tests. Every test begins with an empty one.
let practice: Practice
beforeAll(async () => {
  practice = await startPractice()
})
afterAll(() => practice.close())

/** An account with two contracts and a service that is on neither, in an empty world. */
function openSubject(switches: Partial<Switches>): Promise<LedgerSubject> {
  const { sandbox, connect } = practice
  sandbox.reset()
  sandbox.setSwitches({ serviceTimeMs: 0, ...switches })
  const { hand } = sandbox
  const account = hand.addAccount({ companyName: 'Northwind' })
  const period = { companyID: account.id, startDate: '2026-01-01', endDate: '2027-12-31' }
  const contract = hand.addContract(period)
  const other = hand.addContract(period)
  const otherService = hand.addService({ name: 'Backup', unitPrice: 9 })
  const service = hand.addService({ name: 'Endpoint security', unitPrice: 3 })
  hand.addLine({ contractID: contract.id, serviceID: otherService.id, units: 4 })
  return Promise.resolve({
    ledger: connect(),
    day: toDay(TODAY),
    periodStart: toDay('2026-12-01'),
    account: toAccountId(account.id),
    contract: toContractId(contract.id),
    otherContract: toContractId(other.id),
    service: toServiceId(service.id),
    loseNextAnswer() {
      sandbox.arm({ applyThenDrop: 1 })
      return Promise.resolve()
    },
  })
}

/** Where a second change of one day is refused, only the first of these promises can be kept. */
const NEEDS_SEVERAL_A_DAY = 'an adjustment adds a difference, up and down'

describe.each(SWITCH_POSITIONS)("core's promises of a contract ledger, with %o", (switches) => {
  const promises = contractLedgerSuite(() => openSubject(switches)).filter(
    ({ name }) => switches.periodStartRepeat !== 'refuse' || name !== NEEDS_SEVERAL_A_DAY,
  )
  test.each(promises)('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})

describe("core's promises of a contract ledger, while reads storm", () => {
  const promises = contractLedgerSuite(async () => {
    const subject = await openSubject({})
    practice.sandbox.arm({
      '429': { rate: 0.1 },
      cutPage: { rate: 0.1 },
      htmlError: { rate: 0.1, on: 'query' },
      zoneMove: { rate: 0.02 },
    })
    return subject
  })
  test.each(promises)('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})
