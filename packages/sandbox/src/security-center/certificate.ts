import { X509Certificate } from 'node:crypto'
import { generate } from 'selfsigned'

/** A self-signed server certificate. */
export interface ServerCertificate {
  /** PEM. */
  key: string
  /** PEM. */
  cert: string
  /** SHA-256 of the DER form, upper-case hexadecimal pairs joined by colons. */
  sha256: string
}

/**
 * A new self-signed certificate for 127.0.0.1 and localhost. Elliptic curve, because an RSA key takes up to a second.
 * Its name is that of a Windows server, as on a real one, where it rarely matches the address that is used.
 */
export async function createCertificate(): Promise<ServerCertificate> {
  const made = await generate([{ name: 'commonName', value: 'KSC-PRACTICE' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  })
  return {
    key: made.private,
    cert: made.cert,
    sha256: new X509Certificate(made.cert).fingerprint256,
  }
}
