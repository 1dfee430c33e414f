import { createMemoryBudget } from '@trueup/autotask'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, databaseKinds } from '../../../test/kit/databases.ts'
import { createTestClock } from '../../../test/kit/test-clock.ts'
import { createOrm, migrate, type Orm } from '../../database/orm.ts'
import { createDatabaseBudget, type DatabaseBudget } from './database-budget.ts'

const quiet = pino({ level: 'silent' })
const MINUTE_MS = 60_000

describe.each(databaseKinds)('the requests of the hour, on %s', (kind) => {
  let orm: Orm
  let writes = 0
  const clock = createTestClock()
  const open = (name: string): DatabaseBudget => createDatabaseBudget({ orm, name, clock })

  beforeAll(async () => {
    const log = pino({ level: 'trace' }, { write: (line) => void (writes += count(line)) })
    orm = await createOrm(await createTestDatabase(kind), log)
    await migrate(orm)
  })
  afterAll(() => orm.close())

  test('are shared by all processes: together they get the limit less what stays free', async () => {
    const processes = ['one', 'two', 'three'].map(() => open('shared'))
    const granted = await Promise.all(processes.map((budget) => use(budget, 4_000)))
    const sum = granted.reduce((total, one) => total + one, 0)
    // What one set aside and came too late to use is the only loss.
    expect(sum).toBeLessThanOrEqual(9_500)
    expect(sum).toBeGreaterThan(9_500 - 3 * 64)
  })

  test('cost a write for many, not one each', async () => {
    const budget = open('cheap')
    writes = 0
    expect(await use(budget, 1_000)).toBe(1_000)
    expect(writes).toBeLessThan(25)
  })

  test('are remembered by the next process, and what the last one did not use came back', async () => {
    const first = open('remembered')
    expect(await use(first, 9_401)).toBe(9_401)
    await first.close()
    const second = open('remembered')
    expect(await use(second, 500)).toBe(99)
    const refused = await second.reserve(clock.nowMs())
    expect(refused).toEqual({
      granted: false,
      resumeAtMs: minuteEnd(clock.nowMs()) + 60 * MINUTE_MS,
    })
  })

  test('that were set aside and not used within their minute come back', async () => {
    const moving = createTestClock()
    const start = (): DatabaseBudget =>
      createDatabaseBudget({ orm, name: 'a request a minute', clock: moving })
    const budget = start()
    for (let minute = 0; minute < 20; minute += 1) {
      expect(await use(budget, 1)).toBe(1)
      moving.advance(MINUTE_MS)
    }
    await budget.close()
    expect(await use(start(), 9_500)).toBe(9_480)
  })

  test('include what Autotask says others made, and another database has its own', async () => {
    const budget = open('with others')
    await budget.calibrate({ limit: 10_000, used: 9_490, timeframeMinutes: 60 }, clock.nowMs())
    expect(await use(open('with others'), 100)).toBe(10)
    expect(await use(open('another'), 100)).toBe(100)
  })

  test('are counted by one clock, whatever the clock of who asks', async () => {
    const budget = open('two clocks')
    await budget.calibrate({ limit: 100, used: 100, timeframeMinutes: 60 }, 0)
    const yearsAhead = clock.nowMs() + 2 * 365 * 1_440 * MINUTE_MS
    const memory = createMemoryBudget()
    await memory.calibrate({ limit: 100, used: 100, timeframeMinutes: 60 }, clock.nowMs())
    const expected = await memory.reserve(clock.nowMs())
    const refused = await budget.reserve(yearsAhead)
    expect(expected.granted || refused.granted).toBe(false)
    if (expected.granted || refused.granted) return
    expect(refused.resumeAtMs - yearsAhead).toBe(expected.resumeAtMs - clock.nowMs())
  })

  async function use(budget: DatabaseBudget, requests: number): Promise<number> {
    const reserved = await Promise.all(
      Array.from({ length: requests }, () => budget.reserve(clock.nowMs())),
    )
    return reserved.filter((one) => one.granted).length
  }
})

test('a database without tables says so instead of letting requests go uncounted', async () => {
  const orm = await createOrm({ kind: 'sqlite', file: ':memory:' }, quiet)
  const budget = createDatabaseBudget({ orm, name: 'none', clock: createTestClock() })
  await expect(budget.reserve(0)).rejects.toThrow('request_hour')
  await orm.close()
})

function count(line: string): number {
  return /\[query\] (update|insert)/.test(line) ? 1 : 0
}

function minuteEnd(nowMs: number): number {
  return (Math.floor(nowMs / MINUTE_MS) + 1) * MINUTE_MS
}
