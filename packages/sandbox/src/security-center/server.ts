import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { CallLog } from '../calls.ts'
import type { Faults } from '../faults.ts'
import type { World } from '../world/world.ts'
import { createCertificate } from './certificate.ts'
import { createHandler } from './handler.ts'
import { type Account, createSessions } from './sessions.ts'
import { defaultSettings, type SecurityCenterSettings } from './settings.ts'

/** What the imitation of Kaspersky Security Center needs. */
export interface SecurityCenterOptions {
  world: World
  faults: Faults
  calls: CallLog
  /** 0 for any free port. */
  port: number
  settings?: Partial<SecurityCenterSettings>
}

/** A running imitation of Kaspersky Security Center. */
export interface SecurityCenter {
  /** `https://127.0.0.1:port`, without the API's path. */
  url: string
  /** SHA-256 of the certificate now in use, as `AB:CD:…`. */
  readonly certificateSha256: string
  /** The certificate now in use, PEM: what an administrator would copy from the server. */
  readonly certificatePem: string
  user: string
  password: string
  /** How it behaves now. */
  readonly settings: SecurityCenterSettings
  /** Changes how it behaves, from the next call on. */
  change(settings: Partial<SecurityCenterSettings>): void
  /** Ends every session and unblocks the account, as a restart of the service does. */
  restart(): void
  /** Serves a new certificate from the next connection on; answers its fingerprint. */
  renewCertificate(): Promise<string>
  close(): Promise<void>
}

/** The one account; the password has characters that a careless encoding loses. */
const ACCOUNT: Account = { user: 'trueup-reader', password: 'Prüf€-2024!' }

/** Starts the imitation on 127.0.0.1. */
export async function startSecurityCenter(options: SecurityCenterOptions): Promise<SecurityCenter> {
  const { world, faults, calls, port } = options
  let settings: SecurityCenterSettings = { ...defaultSettings(), ...options.settings }
  let certificate = await createCertificate()
  const sessions = createSessions(
    ACCOUNT,
    () => settings,
    () => performance.now(),
  )
  const handler = createHandler({ world, faults, calls, sessions, settings: () => settings })
  const { key, cert } = certificate
  const server = createServer({ key, cert, minVersion: 'TLSv1.2' }, handler)
  await listen(server, port)
  const address = server.address() as AddressInfo

  function restart(): void {
    sessions.endAll()
    sessions.unblock()
  }

  async function renewCertificate(): Promise<string> {
    certificate = await createCertificate()
    server.setSecureContext({ key: certificate.key, cert: certificate.cert, minVersion: 'TLSv1.2' })
    return certificate.sha256
  }

  return {
    url: `https://127.0.0.1:${address.port}`,
    get certificateSha256() {
      return certificate.sha256
    },
    get certificatePem() {
      return certificate.cert
    },
    ...ACCOUNT,
    get settings() {
      return settings
    },
    change: (changed) => void (settings = { ...settings, ...changed }),
    restart,
    renewCertificate,
    close: () => close(server),
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
