import type {
  KeyUse,
  LicenceKey,
  SecurityDevice,
  SecurityGroup,
} from '../world/security/security-state.ts'
import { PHYSICAL_SERVER_ID, type SecurityState } from '../world/security/security-state.ts'
import { lookup } from '../world/security/lookup.ts'
import type { Session } from './sessions.ts'
import type { SecurityCenterSettings } from './settings.ts'

/** What one session sees of the world. */
export interface Reach {
  /** Keys that EnumKeys lists. */
  keys(): LicenceKey[]
  /** The uses behind a key's totals. */
  countedUses(serial: string): readonly KeyUse[]
  /** The uses that AcquireKeyHosts lists. */
  listedUses(serial: string): readonly KeyUse[]
  /** Whether the key lies in the store of the session's own server. */
  isStored(key: LicenceKey): boolean
  /** Devices and groups; `currentOnly`: of the session's own server only. */
  devices(currentOnly: boolean): readonly SecurityDevice[]
  groups(currentOnly: boolean): readonly SecurityGroup[]
}

/**
 * A session on a virtual server sees its own devices, groups and keys. A session on the main server sees all groups and
 * devices; how far it sees keys is a setting, because it is not known.
 */
export function reachOf(
  state: SecurityState,
  session: Session,
  settings: SecurityCenterSettings,
): Reach {
  const index = lookup(state)
  const own = session.virtualServerId
  const isMain = own === PHYSICAL_SERVER_ID
  const ownUses = (serial: string) => index.usesOfServer.get(own)?.get(serial) ?? []
  const allUses = (serial: string) => index.usesBySerial.get(serial) ?? []
  const seesAllTotals = isMain && settings.reach !== 'own'
  const seesAllRows = isMain && settings.reach === 'everything'
  return {
    keys: () =>
      seesAllTotals
        ? state.keys
        : state.keys.filter((key) => key.storedOn === own || ownUses(key.serial).length > 0),
    countedUses: seesAllTotals ? allUses : ownUses,
    listedUses: seesAllRows ? allUses : ownUses,
    isStored: (key) => key.storedOn === own,
    devices: (currentOnly) =>
      isMain && !currentOnly ? state.devices : (index.devicesOf.get(own) ?? []),
    groups: (currentOnly) =>
      isMain && !currentOnly ? state.groups : (index.groupsOf.get(own) ?? []),
  }
}
