import { expect, test } from 'vitest'
import { isOpenLine } from './read-journalled-lines.ts'

const line = (more: Partial<Parameters<typeof isOpenLine>[0]>) =>
  isOpenLine({
    ownership: 'OWNED',
    unfedBecause: 'BILLING_OFF',
    units: 5,
    baselineUnits: 0,
    ...more,
  } as Parameters<typeof isOpenLine>[0])

test('a line that nothing feeds is open while it carries more than what was there before Trueup', () => {
  expect(line({})).toBe(true)
  expect(line({ units: 3, baselineUnits: 3 })).toBe(false)
  expect(line({ units: 4, baselineUnits: 3 })).toBe(true)
  expect(line({ units: 0, baselineUnits: -2 })).toBe(false)
})

test('a line that a person settled may carry anything, so it is open', () => {
  expect(line({ units: null })).toBe(true)
})

test('a line that a mapping feeds is not open, and a stopped one is, whatever feeds it', () => {
  expect(line({ unfedBecause: null })).toBe(false)
  expect(line({ unfedBecause: null, ownership: 'STOPPED', units: 0 })).toBe(true)
})
