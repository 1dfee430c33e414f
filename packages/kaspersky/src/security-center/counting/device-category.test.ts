import { expect, test } from 'vitest'
import { toDeviceCategory } from './device-category.ts'

const WINDOWS_BOTH_SERVICES = 0x1003

test.for([
  ['Microsoft Windows 11', WINDOWS_BOTH_SERVICES, 'WINDOWS_WORKSTATION'],
  ['Microsoft Windows 10', 0, 'WINDOWS_WORKSTATION'],
  ['<Microsoft Windows 7>', null, 'WINDOWS_WORKSTATION'],
  [null, 0x1000, 'WINDOWS_WORKSTATION'],
  ['Microsoft Windows Server 2016', 36_871, 'WINDOWS_SERVER'],
  ['Microsoft Windows Server 2022', null, 'WINDOWS_SERVER'],
  ['Microsoft Windows', 0x9000, 'WINDOWS_SERVER'],
  [null, 0x9007, 'WINDOWS_SERVER'],
  ['Ubuntu 24.04 LTS', null, 'NON_WINDOWS'],
  ['Red Hat Enterprise Linux Server 9', null, 'NON_WINDOWS'],
  ['macOS 15.1', 0, 'NON_WINDOWS'],
  ['Android 14', null, 'NON_WINDOWS'],
  ['iOS 18', null, 'NON_WINDOWS'],
  [null, 0x200000, 'NON_WINDOWS'],
  [null, 0x800, 'NON_WINDOWS'],
  ['Microsoft Windows Phone 8.1', 0x1000, 'NON_WINDOWS'],
  ['Symbian', 0x1000, 'NON_WINDOWS'],
  [null, null, 'UNKNOWN'],
  ['', 0, 'UNKNOWN'],
  [null, 0x3, 'UNKNOWN'],
  ['Something nobody knows', 0x2000, 'UNKNOWN'],
] as const)('"%s" with flags %s is %s', ([osName, typeFlags, expected]) => {
  expect(toDeviceCategory({ osName, typeFlags })).toBe(expected)
})
