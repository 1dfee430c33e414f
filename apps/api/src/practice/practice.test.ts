import { expect, test } from 'vitest'
import { createSandbox } from '@trueup/sandbox'
import { startPractice } from '../../test/kit/start-practice.ts'
import { startTestApp } from '../../test/kit/start-test-app.ts'
import { createTestClock } from '../../test/kit/test-clock.ts'
import { connectPracticeWorld } from './practice-world.ts'

const ADVANCE = /* GraphQL */ `
  mutation ($days: Int!) {
    advancePracticeDay(days: $days) {
      ok
      problems {
        code
      }
    }
  }
`
interface Advanced {
  advancePracticeDay: { ok: boolean; problems: { code: string }[] }
}

test('the practice calendar is moved by whole days and everything shows the new day', async () => {
  const practice = await startPractice('sqlite')
  const { trueup, sandbox, integrationId } = practice
  try {
    const look = async (): Promise<object> =>
      (
        await trueup.ask<object>(
          `{ viewer { isPractice practiceDay } integration(id: "${integrationId}") { today } }`,
        )
      ).data
    expect(await look()).toEqual({
      viewer: { isPractice: true, practiceDay: '2026-03-15' },
      integration: { today: '2026-03-15' },
    })
    const { data } = await trueup.ask<Advanced>(ADVANCE, { days: 20 })
    expect(data.advancePracticeDay).toEqual({ ok: true, problems: [] })
    expect(await look()).toMatchObject({ integration: { today: '2026-04-04' } })

    sandbox.advance(1)
    trueup.clock.advance(1_000)
    expect(await look()).toMatchObject({ viewer: { practiceDay: '2026-04-05' } })
    const refused = await trueup.ask<Advanced>(ADVANCE, { days: 0 })
    expect(refused.data.advancePracticeDay.problems).toEqual([{ code: 'DAYS_OUT_OF_RANGE' }])
  } finally {
    await practice.close()
  }
})

test('outside the practice world there is no calendar to move', async () => {
  const trueup = await startTestApp('sqlite')
  try {
    const { data } = await trueup.ask<Advanced>(ADVANCE, { days: 1 })
    expect(data.advancePracticeDay.problems).toEqual([{ code: 'PRACTICE_ONLY' }])
  } finally {
    await trueup.close()
  }
})

test('the practice clock has the day of the practice world and the time of the machine', async () => {
  const sandbox = await createSandbox({ day: '2027-02-28' as never, virtualServers: 1, devices: 1 })
  try {
    const machine = createTestClock('2026-03-15T21:30:05Z')
    const practice = await connectPracticeWorld(sandbox.connection.control, machine)
    expect(new Date(practice.clock.nowMs()).toISOString()).toBe('2027-02-28T21:30:05.000Z')
    machine.advance(3 * 60 * 60_000)
    expect(new Date(practice.clock.nowMs()).toISOString()).toBe('2027-02-28T00:30:05.000Z')
  } finally {
    await sandbox.close()
  }
})
