import { expect, test } from 'vitest'
import { toDeviceCategory } from './device-category.ts'

const WINDOWS_BOTH_SERVICES = 0x1003

test.for([
  ['Microsoft Windows 11', WINDOWS_BOTH_SERVICES, 'WINDOWS_WORKSTATION'],
  ['Microsoft Windows 10', 0, 'WINDOWS_WORKSTATION'],
  ['<Microsoft Windows 7>', undefined, 'WINDOWS_WORKSTATION'],
  [undefined, 0x1000, 'WINDOWS_WORKSTATION'],
  ['Microsoft Windows Server 2016', 36_871, 'WINDOWS_SERVER'],
  ['Microsoft Windows Server 2022', undefined, 'WINDOWS_SERVER'],
  ['Microsoft Windows', 0x9000, 'WINDOWS_SERVER'],
  [undefined, 0x9007, 'WINDOWS_SERVER'],
  ['Ubuntu 24.04 LTS', undefined, 'NON_WINDOWS'],
  ['Red Hat Enterprise Linux Server 9', undefined, 'NON_WINDOWS'],
  ['macOS 15.1', 0, 'NON_WINDOWS'],
  ['Android 14', undefined, 'NON_WINDOWS'],
  ['iOS 18', undefined, 'NON_WINDOWS'],
  [undefined, 0x200000, 'NON_WINDOWS'],
  [undefined, 0x800, 'NON_WINDOWS'],
  ['Microsoft Windows Phone 8.1', 0x1000, 'NON_WINDOWS'],
  ['Symbian', 0x1000, 'NON_WINDOWS'],
  [undefined, undefined, 'UNKNOWN'],
  ['', 0, 'UNKNOWN'],
  [undefined, 0x3, 'UNKNOWN'],
  ['Something nobody knows', 0x2000, 'UNKNOWN'],
] as const)('"%s" with flags %s is %s', ([osName, typeFlags, expected]) => {
  expect(toDeviceCategory({ osName, typeFlags })).toBe(expected)
})
