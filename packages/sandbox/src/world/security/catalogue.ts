import type { DeviceCategory, KeyType, OperatingSystem, Subscription } from './security-state.ts'

/** The licensed applications of the practice world. */
export const APPLICATIONS = {
  select: 'Kaspersky Endpoint Security for Business - Select',
  advanced: 'Kaspersky Endpoint Security for Business - Advanced',
  nextFoundations: 'Kaspersky Next EDR Foundations',
  nextOptimum: 'Kaspersky Next EDR Optimum',
  edrOptimum: 'Kaspersky Endpoint Detection and Response Optimum',
  hybridCloud: 'Kaspersky Hybrid Cloud Security',
  mailServer: 'Kaspersky Security for Mail Server',
  patchManagement: 'Kaspersky Vulnerability and Patch Management',
  securityCenter: 'Kaspersky Security Center',
} as const

/** The short name of an application in this file. */
export type ApplicationCode = keyof typeof APPLICATIONS

/** What a key of the practice world is like; days are relative to the first virtual day. */
export interface KeyTemplate {
  application: ApplicationCode
  keyType: KeyType
  /** null: no end. */
  endsInDays: number | null
  subscription?: Pick<Subscription, 'state' | 'endDateType'>
  /** Who holds it. `main`: everybody on that application; the others: some devices besides or instead. */
  role: 'main' | 'renewal' | 'some' | 'reserve' | 'server'
  /** Lies in the store of the virtual server that uses it instead of the physical server's. */
  ownStore?: true
}

/** The first 14 keys, 7 of them counted. Ends lie far off, so that months can pass without everything ending. */
export const KEY_TEMPLATES: readonly KeyTemplate[] = [
  {
    application: 'select',
    keyType: 6,
    endsInDays: 1_100,
    subscription: { state: 0, endDateType: 2 },
    role: 'main',
  },
  { application: 'advanced', keyType: 1, endsInDays: 900, role: 'main' },
  { application: 'advanced', keyType: 1, endsInDays: 1_265, role: 'renewal' },
  {
    application: 'nextFoundations',
    keyType: 6,
    endsInDays: null,
    subscription: { state: 0, endDateType: 1 },
    role: 'main',
  },
  {
    application: 'edrOptimum',
    keyType: 6,
    endsInDays: 1_100,
    subscription: { state: 0, endDateType: 2 },
    role: 'main',
  },
  { application: 'hybridCloud', keyType: 1, endsInDays: 730, role: 'main' },
  { application: 'mailServer', keyType: 1, endsInDays: 800, role: 'main', ownStore: true },
  {
    application: 'patchManagement',
    keyType: 6,
    endsInDays: 400,
    subscription: { state: 2, endDateType: 2 },
    role: 'some',
  },
  { application: 'advanced', keyType: 1, endsInDays: -60, role: 'some' },
  { application: 'select', keyType: 3, endsInDays: 25, role: 'some' },
  {
    application: 'edrOptimum',
    keyType: 6,
    endsInDays: 300,
    subscription: { state: 1, endDateType: 3 },
    role: 'some',
  },
  { application: 'select', keyType: 5, endsInDays: 500, role: 'some' },
  { application: 'nextOptimum', keyType: 2, endsInDays: 90, role: 'some' },
  { application: 'securityCenter', keyType: 1, endsInDays: 600, role: 'server' },
]

/** Keys beyond the first 14, taken in turn: not counted, counted, not counted … */
export const FURTHER_KEY_TEMPLATES: readonly KeyTemplate[] = [
  {
    application: 'select',
    keyType: 6,
    endsInDays: 200,
    subscription: { state: 3, endDateType: 2 },
    role: 'some',
  },
  { application: 'select', keyType: 1, endsInDays: 950, role: 'main' },
  { application: 'advanced', keyType: 4, endsInDays: 200, role: 'some' },
  {
    application: 'patchManagement',
    keyType: 6,
    endsInDays: null,
    subscription: { state: 0, endDateType: 1 },
    role: 'main',
  },
  { application: 'hybridCloud', keyType: 1, endsInDays: 1_000, role: 'reserve' },
  { application: 'nextFoundations', keyType: 1, endsInDays: 870, role: 'main' },
  { application: 'nextFoundations', keyType: 3, endsInDays: 20, role: 'some' },
  { application: 'edrOptimum', keyType: 1, endsInDays: 990, role: 'main' },
  {
    application: 'select',
    keyType: 6,
    endsInDays: -5,
    subscription: { state: 0, endDateType: 2 },
    role: 'some',
  },
  {
    application: 'hybridCloud',
    keyType: 6,
    endsInDays: null,
    subscription: { state: 0, endDateType: 1 },
    role: 'main',
  },
]

/** Kaspersky's application ids as the keys carry them; 1017 is the Administration Server itself. */
export const APP_IDS: Record<ApplicationCode, number> = {
  select: 1105,
  advanced: 1105,
  nextFoundations: 1105,
  nextOptimum: 1105,
  edrOptimum: 1118,
  hybridCloud: 1110,
  mailServer: 1108,
  patchManagement: 1121,
  securityCenter: 1017,
}

// Flags of KLHST_WKS_CTYPE. Every normal Windows machine carries both service flags, servers and workstations alike.
const WINDOWS = 0x1 | 0x2 | 0x4 | 0x1000
const WINDOWS_SERVER = WINDOWS | 0x8000
const DOMAIN_CONTROLLER = WINDOWS_SERVER | 0x8
const LINUX = 0x200000 | 0x800
const UNIX = 0x800

/** Operating systems by category with how often each is met (per thousand within its category). */
export const OPERATING_SYSTEMS: Record<
  DeviceCategory,
  readonly { os: OperatingSystem; share: number }[]
> = {
  WINDOWS_WORKSTATION: [
    windows('Microsoft Windows 11', WINDOWS, [10, 0, 22631], 560),
    windows('Microsoft Windows 10', WINDOWS, [10, 0, 19045], 400),
    // The server puts a name it is not sure of in angle brackets.
    windows('<Microsoft Windows 10>', WINDOWS, [10, 0, 0], 20),
    windows('Microsoft Windows 7', WINDOWS, [6, 1, 7601], 20),
  ],
  WINDOWS_SERVER: [
    windows('Microsoft Windows Server 2022', WINDOWS_SERVER, [10, 0, 20348], 400),
    windows('Microsoft Windows Server 2019', WINDOWS_SERVER, [10, 0, 17763], 330),
    windows('Microsoft Windows Server 2016', WINDOWS_SERVER, [10, 0, 14393], 150),
    windows('Microsoft Windows Server 2019', DOMAIN_CONTROLLER, [10, 0, 17763], 100),
    windows('<Microsoft Windows Server 2012 R2>', WINDOWS_SERVER, [6, 3, 9600], 20),
  ],
  NON_WINDOWS: [
    other('Ubuntu 22.04', LINUX, 6, 350),
    other('Debian GNU/Linux 12', LINUX, 6, 200),
    other('Red Hat Enterprise Linux 9', LINUX, 6, 130),
    other('macOS 14', UNIX, 3, 220),
    other('Android 14', 0, 0, 80),
    // Carries the flag of Windows NT all the same.
    other('Microsoft Windows Mobile 10', 0x1000, 2, 20),
  ],
  UNKNOWN: [
    {
      os: { name: null, ctype: 0, ptype: 0, major: 0, minor: 0, build: 0, category: 'UNKNOWN' },
      share: 1_000,
    },
  ],
}

function windows(name: string, ctype: number, version: [number, number, number], share: number) {
  const [major, minor, build] = version
  const category = (ctype & 0x8000) === 0 ? 'WINDOWS_WORKSTATION' : 'WINDOWS_SERVER'
  return { os: { name, ctype, ptype: 2, major, minor, build, category }, share } as const
}

function other(name: string, ctype: number, ptype: number, share: number) {
  const os = { name, ctype, ptype, major: 0, minor: 0, build: 0, category: 'NON_WINDOWS' } as const
  return { os, share }
}
