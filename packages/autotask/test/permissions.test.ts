import { toDay } from '@trueup/core'
import { describe, expect, test } from 'vitest'
import { toContractId, toServiceId } from '../src/convert.ts'
import { openPractice, TODAY } from './practice.ts'

const fromDay = toDay(TODAY)

async function startWithLines(count: number) {
  const practice = await openPractice()
  const { hand } = practice.sandbox
  const account = hand.addAccount({ companyName: 'Customer' })
  const contract = hand.addContract({ companyID: account.id })
  for (let index = 0; index < count; index += 1) {
    const service = hand.addService({ name: `Service ${index}` })
    hand.addLine({ contractID: contract.id, serviceID: service.id, units: 3 })
  }
  return { ...practice, contracts: [toContractId(contract.id)] }
}

describe('a missing permission that shows as an empty list', () => {
  test.each(['Contracts', 'ContractServices', 'ContractServiceUnits'])(
    'for %s is an error, never "nothing there"',
    async (entity) => {
      const { autotask, sandbox, contracts } = await startWithLines(2)
      await autotask.readDirectory({})
      sandbox.setSwitches({ deniedEntities: [entity] })
      await expect(autotask.readLedger({ contracts, fromDay }, {})).rejects.toMatchObject({
        code: 'AUTOTASK_PERMISSION_MISSING',
        facts: { entity },
      })
    },
  )

  test.each(['Companies', 'Contracts', 'Services'])(
    'for %s keeps the directory from looking empty',
    async (entity) => {
      const { autotask, sandbox } = await startWithLines(1)
      sandbox.setSwitches({ deniedEntities: [entity] })
      await expect(autotask.readDirectory({})).rejects.toMatchObject({
        code: 'AUTOTASK_PERMISSION_MISSING',
      })
    },
  )

  test.each(['ContractServices', 'ContractServiceUnits'])(
    'for %s after a write keeps the write from looking lost',
    async (entity) => {
      const { autotask, sandbox, contracts } = await startWithLines(1)
      const { lines } = await autotask.readLedger({ contracts, fromDay }, {})
      const [line] = lines
      if (line === undefined) throw new Error('the line is missing')
      sandbox.setSwitches({ deniedEntities: [entity] })
      const isLines = entity === 'ContractServices'
      const about = isLines
        ? { ...line, service: toServiceId(1), line: null }
        : { ...line, line: line.id }
      await expect(autotask.readWritten({ written: [about], fromDay }, {})).rejects.toMatchObject({
        code: 'AUTOTASK_PERMISSION_MISSING',
      })
    },
  )

  test('that comes and goes is seen through: what was empty once is asked for again', async () => {
    const { autotask, sandbox, contracts } = await startWithLines(2)
    await autotask.readDirectory({})
    sandbox.arm({ permissionLoss: { count: 1, on: 'ContractServices.query' } })
    const { lines } = await autotask.readLedger({ contracts, fromDay }, {})
    expect(lines).toHaveLength(2)
  })
})

describe('a missing permission that shows as an error', () => {
  test('is told as such and not repeated', async () => {
    const { autotask, sandbox, contracts, takeCalls } = await startWithLines(2)
    await autotask.readDirectory({})
    sandbox.setSwitches({ deniedEntities: ['Contracts'], deniedQuery: 'error' })
    takeCalls()
    await expect(autotask.readLedger({ contracts, fromDay }, {})).rejects.toMatchObject({
      code: 'AUTOTASK_PERMISSION_MISSING',
    })
    expect(takeCalls()).toEqual({ 'Contracts.query': 1 })
  })

  test('for adjustments refuses the write with its text', async () => {
    const { autotask, sandbox, contracts } = await startWithLines(1)
    const { lines } = await autotask.readLedger({ contracts, fromDay }, {})
    const [line] = lines
    if (line === undefined) throw new Error('the line is missing')
    sandbox.setSwitches({ deniedEntities: ['ContractServiceAdjustments'] })
    const request = { ...line, line: line.id, effectiveDay: toDay('2026-12-01'), unitChange: 1 }
    await expect(autotask.applyAdjustment(request, {})).resolves.toMatchObject({
      kind: 'REFUSED',
      reason: expect.stringContaining('permissions'),
    })
  })
})

describe('nothing there with every permission', () => {
  test('is believed after a second look', async () => {
    const { autotask, contracts, takeCalls } = await startWithLines(0)
    const state = await autotask.readLedger({ contracts, fromDay }, {})
    expect(state).toMatchObject({ lines: [], unitPeriods: [] })
    expect(takeCalls()['ContractServices.query']).toBe(2)
  })
})
