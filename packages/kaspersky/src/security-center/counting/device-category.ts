import type { DeviceCategory } from '@trueup/core'

/** What a device says about its operating system; a field the server left out is `null`. */
export interface SystemFacts {
  /** `KLHST_WKS_OS_NAME`. */
  readonly osName: string | null
  /** `KLHST_WKS_CTYPE`, a set of flags. */
  readonly typeFlags: number | null
}

// Flags of KLHST_WKS_CTYPE (KSCAPI/14/a00278). 0x1 and 0x2 are set on every normal Windows machine, workstation
// or server; 0x2000 and 0x200000 have a second, older meaning, but the second of them is Linux today.
const UNIX = 0x800
const WINDOWS_NT = 0x1000
const WINDOWS_NT_SERVER = 0x8000
const LINUX = 0x200000

const WINDOWS_NAME = /^\W*microsoft windows/i
/** Phones carry the flag of Windows NT, so their names are looked at first. */
const PHONE_NAME = /windows (?:phone|mobile|ce)|symbian/i
const NON_WINDOWS_NAME =
  /android|\bi(?:pad)?os\b|mac ?os|os x\b|darwin|linux|ubuntu|debian|fedora|red ?hat|rhel|centos|suse|oracle|rocky|alma|\balt\b|astra|gentoo|\barch\b|mint\b|kali|amazon|bsd\b|solaris|aix\b|hp-?ux|unix/i

/**
 * What a device is billed as (product.md, rule 3). The first match wins: the name of another system, then the
 * Windows marks with or without a server mark; `UNKNOWN` when nothing says which system it is.
 */
export function toDeviceCategory(system: SystemFacts): DeviceCategory | 'UNKNOWN' {
  const osName = system.osName ?? ''
  const typeFlags = system.typeFlags ?? 0
  const isWindowsByName = WINDOWS_NAME.test(osName)
  if (PHONE_NAME.test(osName) || (!isWindowsByName && NON_WINDOWS_NAME.test(osName))) {
    return 'NON_WINDOWS'
  }
  if (hasFlag(typeFlags, UNIX) || hasFlag(typeFlags, LINUX)) return 'NON_WINDOWS'
  if (!isWindowsByName && !hasFlag(typeFlags, WINDOWS_NT)) return 'UNKNOWN'
  const isServer = hasFlag(typeFlags, WINDOWS_NT_SERVER) || /\bserver\b/i.test(osName)
  return isServer ? 'WINDOWS_SERVER' : 'WINDOWS_WORKSTATION'
}

function hasFlag(flags: number, flag: number): boolean {
  return (flags & flag) !== 0
}
