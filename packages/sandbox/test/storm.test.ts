import { describe, expect, it } from 'vitest'
import { createSmallWorld, type TestClient } from './autotask-client.ts'

type Small = Awaited<ReturnType<typeof createSmallWorld>>

/** Where the database lives now; looked up again after a 401. */
async function zoneOf(small: Small): Promise<string> {
  const user = encodeURIComponent(small.sandbox.connection.autotask.userName)
  const { json } = await small.client.call('GET', `zoneInformation?user=${user}`, undefined, {})
  return `${String(json['url'])}V1.0/`
}

/** Units of the line in May, read until an answer is whole. */
async function readMay(client: TestClient, small: Small): Promise<number> {
  const body = {
    filter: [
      { op: 'eq', field: 'contractID', value: small.contract.id },
      { op: 'eq', field: 'startDate', value: '2026-05-01' },
    ],
  }
  for (let attempt = 1; attempt <= 30; attempt += 1) {
    try {
      const path = `${await zoneOf(small)}ContractServiceUnits/query`
      const { status, json } = await client.call('POST', path, body)
      const [row] = json['items'] as { units: number }[]
      if (status === 200) return row?.units ?? 0
    } catch {
      // Cut, refused or half an answer: read again.
    }
  }
  throw new Error('no whole answer in 30 attempts')
}

describe('a storm', () => {
  it('is survived by a client that reads before it repeats, with nothing billed twice', async () => {
    const small = await createSmallWorld({ faults: 'storm', switches: { serviceTimeMs: 0 } })
    const { client, contract, service, sandbox } = small
    let lostAnswers = 0
    for (let target = 1; target <= 40; target += 1) {
      for (let billed = await readMay(client, small); billed !== target;) {
        const path = `${await zoneOf(small)}Contracts/${contract.id}/ServiceAdjustments`
        const body = {
          serviceID: service.id,
          unitChange: target - billed,
          effectiveDate: '2026-05-01',
        }
        const answer = await client.call('POST', path, body).catch(() => null)
        billed = await readMay(client, small)
        if (answer?.status !== 200 && billed === target) lostAnswers += 1
      }
    }
    const { adjustments, unitPeriods } = sandbox.state()
    expect(adjustments).toHaveLength(40)
    expect(unitPeriods[0]).toMatchObject({ startDate: '2026-05-01', units: 40 })
    expect(lostAnswers).toBeGreaterThan(0)
    expect(new Set(sandbox.calls().log.map((call) => call.status)).size).toBeGreaterThan(3)
  })
})
