import { createHash, randomBytes } from 'node:crypto'

const SECRET_BYTES = 32

/** A secret that cannot be guessed: 256 bits, in characters that fit a cookie and a header. */
export function generateSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url')
}

/** What is stored of such a secret. It has no need of a slow hash: nobody can try 2^256 of them. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}
