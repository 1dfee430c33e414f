import { expect, test } from 'vitest'
import { SYSTEM_CLOCK } from './options.ts'

test("the machine's clock says the time and waits", async () => {
  const before = Date.now()
  expect(SYSTEM_CLOCK.nowMs()).toBeGreaterThanOrEqual(before)
  await SYSTEM_CLOCK.sleep(1)
  expect(SYSTEM_CLOCK.nowMs()).toBeGreaterThanOrEqual(before)
})

test('whoever waits is woken when the work is cancelled, before or while waiting', async () => {
  const cancel = new AbortController()
  const waiting = SYSTEM_CLOCK.sleep(3_600_000, cancel.signal)
  cancel.abort()
  await expect(waiting).resolves.toBeUndefined()
  await expect(SYSTEM_CLOCK.sleep(3_600_000, cancel.signal)).resolves.toBeUndefined()
})
