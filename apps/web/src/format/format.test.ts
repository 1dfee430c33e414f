import { describe, expect, test } from 'vitest'
import { formatChange, formatCount } from './count.ts'
import { formatDay, formatDaySpan } from './day.ts'
import { formatDuration, formatInstant } from './instant.ts'
import { formatMoney, formatMoneyChange, isZeroMoney } from './money.ts'

describe('days', () => {
  test('a day is the day that was sent, wherever the reader is', () => {
    expect(formatDay('2026-08-01')).toBe('1 Aug 2026')
    expect(formatDaySpan('2026-12-31', '2027-01-01')).toBe('31 Dec 2026 – 1 Jan 2027')
  })

  test('what is no day is shown as it came', () => {
    expect(formatDay('soon')).toBe('soon')
  })
})

describe('instants', () => {
  test('an instant is shown on the wall clock of the integration', () => {
    expect(formatInstant('2026-08-17T23:30:00.000Z', 'Europe/Berlin')).toBe('18 Aug 2026, 01:30')
  })

  test('a duration is told in minutes and seconds, and not at all before the end', () => {
    expect(formatDuration('2026-08-17T00:00:00Z', '2026-08-17T00:01:05Z')).toBe('1 min 5 s')
    expect(formatDuration('2026-08-17T00:00:00Z', '2026-08-17T00:00:09Z')).toBe('9 s')
    expect(formatDuration('2026-08-17T00:00:00Z', null)).toBe('')
  })
})

describe('money', () => {
  test('has two places and separated thousands', () => {
    expect(formatMoney('1234567.5000')).toBe('1,234,567.50')
    expect(formatMoney('0')).toBe('0.00')
    expect(formatMoney('12')).toBe('12.00')
    expect(formatMoney('.5')).toBe('.5')
  })

  test('is rounded in decimal, halves away from zero', () => {
    expect(formatMoney('1.005')).toBe('1.01')
    expect(formatMoney('-1.005')).toBe('−1.01')
    expect(formatMoney('0.994')).toBe('0.99')
    expect(formatMoney('99.999')).toBe('100.00')
    expect(formatMoney('-0.001')).toBe('0.00')
  })

  test('keeps every digit of amounts that a float would lose', () => {
    expect(formatMoney('9007199254740993.25')).toBe('9,007,199,254,740,993.25')
  })

  test('a change carries its sign', () => {
    expect(formatMoneyChange('4.5')).toBe('+4.50')
    expect(formatMoneyChange('-4.5')).toBe('−4.50')
    expect(formatMoneyChange('0.00')).toBe('0.00')
  })

  test('zero is zero with any number of places', () => {
    expect(['0', '0.0000', '-0.0', null, undefined].map(isZeroMoney)).toEqual([
      true,
      true,
      true,
      true,
      true,
    ])
    expect(isZeroMoney('0.0001')).toBe(false)
  })
})

describe('counts', () => {
  test('one is singular, and thousands are separated', () => {
    expect(formatCount(1, 'device')).toBe('1 device')
    expect(formatCount(2400, 'mailbox', 'mailboxes')).toBe('2,400 mailboxes')
  })

  test('a change of units carries its sign', () => {
    expect([3, -2, 0].map(formatChange)).toEqual(['+3', '−2', '0'])
  })
})
