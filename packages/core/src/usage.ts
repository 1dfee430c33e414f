import type { Day } from './values/day.ts'
import type { ApplicationName, DeviceId, TenantId } from './values/ids.ts'

/** What a device is billed as (product.md, rule 3). */
export type DeviceCategory = 'WINDOWS_WORKSTATION' | 'WINDOWS_SERVER' | 'NON_WINDOWS'

/** The three categories in the order people read them. */
export const DEVICE_CATEGORIES: readonly DeviceCategory[] = [
  'WINDOWS_WORKSTATION',
  'WINDOWS_SERVER',
  'NON_WINDOWS',
]

/** What one unit of an application is. Only devices can be billed by category (rule 2). */
export type UsageUnit = 'DEVICE' | 'USER' | 'MAILBOX'

/** One device that uses an application at the instant of the reading: the evidence behind a count. */
export interface DeviceUse {
  readonly device: DeviceId
  readonly name: string
  /** `UNKNOWN` when the operating system was not reported. */
  readonly category: DeviceCategory | 'UNKNOWN'
  /** As the source names it: evidence for the category. Left out where the source does not report it. */
  readonly operatingSystem?: string
  /** Serials of the counted keys this device uses for the application, sorted. */
  readonly keys: readonly string[]
}

/** How much of one application one tenant uses. Counts are of distinct devices, users or mailboxes. */
export interface ApplicationUsage {
  readonly application: ApplicationName
  readonly unit: UsageUnit
  readonly quantity: number
  /** Only for devices; the four numbers add up to `quantity`. */
  readonly byCategory?: Readonly<Record<DeviceCategory | 'UNKNOWN', number>>
  /** Serials of the keys that were counted, sorted. */
  readonly keys: readonly string[]
  /** The devices themselves, where the source can name them; `quantity` long. */
  readonly devices?: readonly DeviceUse[]
}

/**
 * What one tenant used at one instant. A complete reading that lacks an application means zero of it;
 * an incomplete reading means nothing at all (rule 5).
 */
export type TenantReading =
  | {
      readonly tenant: TenantId
      readonly complete: true
      readonly applications: readonly ApplicationUsage[]
    }
  | {
      readonly tenant: TenantId
      readonly complete: false
      /** Why, as a code of the usage source; shown to people beside the finding. */
      readonly reason: string
      /** What the finding shows with the reason, such as both numbers of two totals that disagree. */
      readonly facts?: Readonly<Record<string, string | number | null>>
    }

/** A reading with the day it counts for, in the integration's own time zone. */
export interface DatedReading {
  readonly snapshotId: string
  readonly usageDay: Day
  /** When it was read, in milliseconds since the epoch: decides which of two readings of one day is newer. */
  readonly takenAtMs: number
  readonly reading: TenantReading
}

/** All readings of one tenant that a plan may use; the newest one is "current". Order does not matter. */
export interface TenantUsage {
  readonly tenant: TenantId
  readonly readings: readonly DatedReading[]
}
