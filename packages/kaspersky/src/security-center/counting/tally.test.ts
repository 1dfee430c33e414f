import { expect, test } from 'vitest'
import { tally } from './tally.ts'

const laptop = {
  id: 'd1',
  name: 'Laptop',
  category: 'WINDOWS_WORKSTATION',
  operatingSystem: 'Windows 11',
} as const
const server = {
  id: 'd2',
  name: 'Server',
  category: 'WINDOWS_SERVER',
  operatingSystem: 'Windows Server 2022',
} as const
const unknown = { id: 'd3', name: 'Box', category: 'UNKNOWN', operatingSystem: null } as const

test('a device with two keys of one application counts once, and names both', () => {
  const [select] = tally([
    { application: 'Select', serial: 'B', device: laptop },
    { application: 'Select', serial: 'A', device: laptop },
    { application: 'Select', serial: 'A', device: laptop },
  ])
  expect(select).toMatchObject({ quantity: 1, keys: ['A', 'B'] })
  expect(select?.devices).toEqual([
    {
      device: 'd1',
      name: 'Laptop',
      category: 'WINDOWS_WORKSTATION',
      operatingSystem: 'Windows 11',
      keys: ['A', 'B'],
    },
  ])
})

test('a device that uses two applications counts once for each', () => {
  const usage = tally([
    { application: 'Select', serial: 'A', device: laptop },
    { application: 'EDR', serial: 'C', device: laptop },
  ])
  expect(usage.map(({ application, quantity }) => [application, quantity])).toEqual([
    ['EDR', 1],
    ['Select', 1],
  ])
})

test('categories add up to the quantity, unknown ones included', () => {
  const [select] = tally(
    [unknown, server, laptop].map((device) => ({ application: 'Select', serial: 'A', device })),
  )
  expect(select?.quantity).toBe(3)
  expect(select?.byCategory).toEqual({
    WINDOWS_WORKSTATION: 1,
    WINDOWS_SERVER: 1,
    NON_WINDOWS: 0,
    UNKNOWN: 1,
  })
})

test('the order in which rows come changes nothing', () => {
  const uses = [unknown, server, laptop].map((device) => ({
    application: 'Select',
    serial: device.id,
    device,
  }))
  expect(tally(uses.toReversed())).toEqual(tally(uses))
})

test('nothing used is an empty list', () => {
  expect(tally([])).toEqual([])
})
