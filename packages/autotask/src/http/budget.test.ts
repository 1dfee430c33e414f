import { describe, expect, test } from 'vitest'
import { createMemoryBudget, type RequestBudget } from './budget.ts'

const MINUTE_MS = 60_000
const NOON_MS = Date.UTC(2026, 10, 22, 12)

async function use(budget: RequestBudget, count: number, atMs: number): Promise<number> {
  let granted = 0
  for (let index = 0; index < count; index += 1) {
    if ((await budget.reserve(atMs)).granted) granted += 1
  }
  return granted
}

describe('the budget of an hour', () => {
  test('grants up to the limit less what stays free for others', async () => {
    const budget = createMemoryBudget({ limit: 100, keepFree: 0.1 })
    expect(await use(budget, 200, NOON_MS)).toBe(90)
  })

  test('names the time at which there is room again, and has room then', async () => {
    const budget = createMemoryBudget({ limit: 10, keepFree: 0 })
    await use(budget, 4, NOON_MS)
    await use(budget, 6, NOON_MS + 30 * MINUTE_MS)
    const refused = await budget.reserve(NOON_MS + 59 * MINUTE_MS)
    expect(refused).toEqual({ granted: false, resumeAtMs: NOON_MS + 61 * MINUTE_MS })
    expect(await use(budget, 10, NOON_MS + 61 * MINUTE_MS)).toBe(4)
  })

  test('never lets more than the limit into any sixty minutes', async () => {
    const budget = createMemoryBudget({ limit: 50, keepFree: 0 })
    const granted: number[] = []
    for (let second = 0; second < 3 * 3_600; second += 20) {
      const atMs = NOON_MS + second * 1_000
      if ((await budget.reserve(atMs)).granted) granted.push(atMs)
    }
    for (const [index, atMs] of granted.entries()) {
      const inHour = granted.slice(index).filter((one) => one < atMs + 60 * MINUTE_MS)
      expect(inHour.length).toBeLessThanOrEqual(50)
    }
    expect(granted.length).toBeGreaterThan(100)
  })

  test('counts what others used, as Autotask told it', async () => {
    const budget = createMemoryBudget({ limit: 10_000, keepFree: 0 })
    await use(budget, 3, NOON_MS)
    await budget.calibrate({ limit: 20, used: 18, timeframeMinutes: 60 }, NOON_MS)
    expect(await use(budget, 10, NOON_MS)).toBe(2)
    await budget.calibrate({ limit: 20, used: 8, timeframeMinutes: 60 }, NOON_MS + MINUTE_MS)
    expect(await use(budget, 20, NOON_MS + MINUTE_MS)).toBe(12)
  })

  test('refuses a limit of nothing without granting anything, at a later time', async () => {
    const budget = createMemoryBudget({ limit: 0, keepFree: 0 })
    const refused = await budget.reserve(NOON_MS)
    expect(refused.granted).toBe(false)
    expect(!refused.granted && refused.resumeAtMs > NOON_MS).toBe(true)
  })
})
