import type { DeviceCategory, UseChange } from '../../gql/graphql.ts'

/** Names of categories as people read them; `UNKNOWN` stands for no known operating system. */
export const categoryNames: Readonly<Record<DeviceCategory | 'UNKNOWN', string>> = {
  WINDOWS_WORKSTATION: 'Windows workstation',
  WINDOWS_SERVER: 'Windows server',
  NON_WINDOWS: 'Non-Windows',
  UNKNOWN: 'Unknown system',
}

/** Both together: how workstations are counted when unknown systems count as such. */
export const workstationOrUnknown = 'WINDOWS_WORKSTATION UNKNOWN'

/** How a change since the last run looks; what stayed is not marked. */
export const changeLooks = {
  JOINED: { label: 'Joined', color: 'success', icon: 'i-lucide-plus' },
  CHANGED: { label: 'Changed', color: 'info', icon: 'i-lucide-pencil' },
  LEFT: { label: 'Left', color: 'warning', icon: 'i-lucide-minus' },
} as const satisfies Partial<Record<UseChange, object>>

/** What the table shows, by its name in the address. */
export const shownChanges: Readonly<Record<string, readonly UseChange[] | null>> = {
  use: null,
  joined: ['JOINED'],
  left: ['LEFT'],
  all: ['JOINED', 'CHANGED', 'STAYED', 'LEFT'],
}
