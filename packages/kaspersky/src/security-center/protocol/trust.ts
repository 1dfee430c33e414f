import type { X509Certificate } from 'node:crypto'
import { connect as connectTls } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import { buildConnector } from 'undici'
import { failure } from './failure.ts'

/**
 * How the server's certificate is judged.
 * `SYSTEM`: by the machine's trust store. `CA`: by the given authority (PEM), with the host name checked.
 * `PIN`: by the SHA-256 of the leaf alone. Kaspersky Security Center makes its own certificate, and its name
 * often differs from the address it is reached by; so the pin stands in for the host name, it does not add to it.
 */
export type Trust =
  | { readonly kind: 'SYSTEM' }
  | { readonly kind: 'CA'; readonly pem: string }
  | { readonly kind: 'PIN'; readonly sha256: string }

/** The certificate a server shows, for a person who decides whether to trust it. */
export interface SeenCertificate {
  /** SHA-256 of the leaf, 64 lower-case hexadecimal digits. */
  readonly sha256: string
  readonly subject: string
  readonly issuer: string
  readonly validFrom: string
  readonly validTo: string
  /** The machine's trust store and the host name both accept it; no pin is needed. */
  readonly isTrustedBySystem: boolean
}

/** `AB:CD…`, `ab cd…` and `abcd…` all mean the same fingerprint; `null` when it is none. */
export function parseFingerprint(text: string): string | null {
  const digits = text.replaceAll(/[\s:]/g, '').toLowerCase()
  return /^[0-9a-f]{64}$/.test(digits) ? digits : null
}

/** Opens TLS connections for undici. With a pin, undici gets the socket only after the leaf was compared: nothing is sent before. */
export function buildConnect(trust: Trust, timeoutMs: number): buildConnector.connector {
  const pin = trust.kind === 'PIN' ? parseFingerprint(trust.sha256) : null
  if (trust.kind === 'PIN' && pin === null) {
    throw failure({
      operation: 'connect',
      code: 'KSC_CERTIFICATE_UNTRUSTED',
      message: 'The pinned fingerprint is not a SHA-256 in hexadecimal digits.',
    })
  }
  const connect = buildConnector({
    timeout: timeoutMs,
    allowH2: false,
    minVersion: 'TLSv1.2',
    // Every connection shows its certificate anew.
    maxCachedSessions: 0,
    // The pin below decides instead of chain and host name, before a byte is sent.
    rejectUnauthorized: pin === null,
    ...(trust.kind === 'CA' ? { ca: trust.pem } : {}),
  })
  if (pin === null) return connect
  return (options, callback) =>
    connect(options, (...[error, socket]) => {
      if (error !== null || socket === null) {
        callback(error ?? new Error('no socket'), null)
        return
      }
      const shown = fingerprintOf((socket as TLSSocket).getPeerX509Certificate())
      if (shown === pin) {
        callback(null, socket)
        return
      }
      socket.destroy()
      callback(changedCertificate(pin, shown), null)
    })
}

/**
 * Reads the certificate of a server without sending it anything, so that a person can compare the fingerprint
 * and pin it. Throws {@link VendorError} `KSC_UNREACHABLE`, `KSC_TIMEOUT` or `KSC_URL_INVALID`.
 */
export async function readCertificate(
  url: string,
  options: { readonly timeoutMs?: number } = {},
): Promise<SeenCertificate> {
  const { hostname, port } = parseServerUrl(url)
  const timeoutMs = options.timeoutMs ?? 10_000
  const socket = connectTls({
    host: bareHost(hostname),
    port,
    // An address is no server name (RFC 6066).
    ...(isAddress(hostname) ? {} : { servername: hostname }),
    minVersion: 'TLSv1.2',
    // Only looks: the socket is closed without a byte of ours.
    rejectUnauthorized: false,
  })
  try {
    return await new Promise<SeenCertificate>((resolve, reject) => {
      socket.setTimeout(timeoutMs, () => reject(unreachable('KSC_TIMEOUT', url)))
      socket.once('error', (error) => reject(unreachable('KSC_UNREACHABLE', url, error)))
      socket.once('secureConnect', () => resolve(describeCertificate(socket)))
    })
  } finally {
    socket.destroy()
  }
}

/** Host name (IPv6 in brackets) and port of a Security Center. */
export interface ServerAddress {
  readonly hostname: string
  readonly port: number
}

/** Reads an address as people write it. The Open API listens on 13299 unless the address says otherwise. */
export function parseServerUrl(text: string): ServerAddress {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || url.protocol !== 'https:' || url.hostname === '' || url.username !== '') {
    throw failure({
      operation: 'connect',
      code: 'KSC_URL_INVALID',
      message: 'The address of Kaspersky Security Center has to look like https://server:13299.',
    })
  }
  // The URL parser drops an explicit 443, because that is the default of https.
  const standard = /:443(?:[/?#]|$)/.test(text) ? 443 : 13_299
  return { hostname: url.hostname, port: url.port === '' ? standard : Number(url.port) }
}

function describeCertificate(socket: TLSSocket): SeenCertificate {
  const certificate = socket.getPeerX509Certificate()
  return {
    sha256: fingerprintOf(certificate),
    subject: oneLine(certificate?.subject),
    issuer: oneLine(certificate?.issuer),
    validFrom: toInstant(certificate?.validFrom),
    validTo: toInstant(certificate?.validTo),
    isTrustedBySystem: socket.authorized,
  }
}

/** Takes the certificate, because Node gives it out only once for a connection. */
function fingerprintOf(certificate: X509Certificate | undefined): string {
  return parseFingerprint(certificate?.fingerprint256 ?? '') ?? ''
}

function changedCertificate(pinned: string, shown: string) {
  return failure({
    operation: 'connect',
    code: 'KSC_CERTIFICATE_CHANGED',
    message: `The server shows another certificate (${shown}) than the one that was trusted (${pinned}).`,
    facts: { pinned, shown },
  })
}

function unreachable(code: 'KSC_TIMEOUT' | 'KSC_UNREACHABLE', url: string, cause?: unknown) {
  return failure({
    operation: 'connect',
    code,
    message: 'No TLS connection to the server could be made.',
    retryable: true,
    facts: { url },
    cause,
  })
}

function isAddress(hostname: string): boolean {
  return hostname.startsWith('[') || /^[\d.]+$/.test(hostname)
}

function bareHost(hostname: string): string {
  return hostname.replaceAll(/^\[|\]$/g, '')
}

function oneLine(name: string | undefined): string {
  return (name ?? '').replaceAll('\n', ', ')
}

function toInstant(text: string | undefined): string {
  const ms = Date.parse(text ?? '')
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString()
}
