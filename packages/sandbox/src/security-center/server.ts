import type { CallLog } from '../calls.ts'
import type { Faults } from '../faults.ts'
import type { World } from '../world/world.ts'

/** What the imitation of Kaspersky Security Center needs. */
export interface SecurityCenterOptions {
  world: World
  faults: Faults
  calls: CallLog
  /** 0 for any free port. */
  port: number
}

/** A running imitation of Kaspersky Security Center. */
export interface SecurityCenter {
  url: string
  certificateSha256: string
  user: string
  password: string
  close(): Promise<void>
}

/** Starts the imitation on 127.0.0.1. */
export async function startSecurityCenter(
  _options: SecurityCenterOptions,
): Promise<SecurityCenter> {
  return {
    url: 'https://127.0.0.1:0',
    certificateSha256: '',
    user: '',
    password: '',
    close: async () => undefined,
  }
}
