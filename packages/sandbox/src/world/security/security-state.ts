/** What a device is billed as; `UNKNOWN` when nothing is known of its operating system. */
export type DeviceCategory = 'WINDOWS_WORKSTATION' | 'WINDOWS_SERVER' | 'NON_WINDOWS' | 'UNKNOWN'

/** The id that stands for the physical Administration Server where a virtual server's id is expected. */
export const PHYSICAL_SERVER_ID = 0

/** A virtual Administration Server: one customer. */
export interface VirtualServer {
  readonly id: number
  /** Stable and globally unique. */
  readonly uid: string
  /** The display name, which people may change. */
  readonly name: string
  /** The group of the physical server under which it hangs. */
  readonly parentGroupId: number
  /** Its own group of managed devices, the root of its tree. */
  readonly rootGroupId: number
  readonly primaryServerGroupId: number
  readonly unassignedGroupId: number
  readonly hostUid: string
  readonly createdAt: string
}

/** An administration group. */
export interface SecurityGroup {
  readonly id: number
  readonly name: string
  /** null for a root. */
  readonly parentId: number | null
  /** 0 for the physical server. */
  readonly virtualServerId: number
  readonly level: number
  readonly createdAt: string
}

/** How a device's operating system looks on the wire, and what it is. */
export interface OperatingSystem {
  /** null where the server knows no name. */
  readonly name: string | null
  /** KLHST_WKS_CTYPE, a set of flags. */
  readonly ctype: number
  /** KLHST_WKS_PTYPE. */
  readonly ptype: number
  readonly major: number
  readonly minor: number
  readonly build: number
  readonly category: DeviceCategory
}

/** A device. */
export interface SecurityDevice {
  /** The server-generated host id, by which everything is joined. */
  readonly id: string
  readonly name: string
  readonly groupId: number
  /** 0 for a device of the physical server itself. */
  readonly virtualServerId: number
  /** Not yet in the managed tree. */
  readonly unassigned: boolean
  readonly os: OperatingSystem
  readonly createdAt: string
  readonly lastSeenAt: string
}

/** 1 commercial, 2 beta, 3 trial, 4 test, 5 OEM, 6 subscription. */
export type KeyType = 1 | 2 | 3 | 4 | 5 | 6

/** What only a subscription key has. */
export interface Subscription {
  /** 0 active, 1 paused, 2 soft-cancelled, 3 hard-cancelled. */
  readonly state: 0 | 1 | 2 | 3
  readonly endDate: string | null
  /** 0 undefined, 1 unlimited, 2 limited, 3 paused. */
  readonly endDateType: 0 | 1 | 2 | 3
  readonly graceDays: number
}

/** A licence key. */
export interface LicenceKey {
  readonly serial: string
  /** What people know the licensed application as. */
  readonly productName: string
  readonly appId: number
  readonly suiteId: number
  readonly partNumber: string
  readonly keyType: KeyType
  readonly createdAt: string
  /** null where the key has no end. */
  readonly limitDate: string | null
  readonly subscription: Subscription | null
  /** Units bought. */
  readonly units: number
  /** The server in whose store the key lies: 0 is the physical one, null is none (only reported by devices). */
  readonly storedOn: number | null
  /** The Administration Server's own use of the key: 0 none, 1 active, 2 reserve. */
  readonly usedByServer: 0 | 1 | 2
}

/** One installed product of one device that holds one key. A device has two where two products share a key. */
export interface KeyUse {
  readonly serial: string
  readonly deviceId: string
  /** True: the active key; false: the reserve key. */
  readonly current: boolean
  /** The product's code, as `KES`. */
  readonly product: string
  readonly productVersion: string
  readonly installedAt: string
  /** When the key ends on this device; null where it does not say. */
  readonly expiresAt: string | null
}

/** The Kaspersky side of the world. Its members are replaced, never changed in place, so a reading under way stays frozen. */
export interface SecurityState {
  virtualServers: VirtualServer[]
  groups: SecurityGroup[]
  devices: SecurityDevice[]
  keys: LicenceKey[]
  keyUses: KeyUse[]
  /** Grows with each change; look-up tables are made anew when it moves. */
  revision: number
  /** The next free numbers, so that what is added later never takes the place of what was deleted. */
  next: { virtualServerId: number; groupId: number; deviceNumber: number }
}
