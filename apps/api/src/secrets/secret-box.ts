import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** Seals secrets before they are stored and opens them when a connection needs them. */
export interface SecretBox {
  /** `place` ties the secret to its record and field: it cannot be opened anywhere else. */
  seal(secret: string, place: SecretPlace): string
  /** Throws {@link SecretUnreadable} when the key or the place is another, or the text was changed. */
  open(sealed: string, place: SecretPlace): string
}

/** Where a secret is stored. */
export interface SecretPlace {
  readonly record: string
  readonly field: string
}

/** A stored secret cannot be opened: another key, another record, or a changed text. */
export class SecretUnreadable extends Error {
  override readonly name = 'SecretUnreadable'
}

const FORM = 'v1'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_ID_CHARACTERS = 8

/**
 * AES-256-GCM: `v1.<key id>.<nonce>.<tag>.<ciphertext>`, base64url. The key id tells which key sealed it
 * without telling anything about the key.
 */
export function createSecretBox(key: Buffer): SecretBox {
  const keyId = createHash('sha256')
    .update('trueup key id')
    .update(key)
    .digest('base64url')
    .slice(0, KEY_ID_CHARACTERS)

  return {
    seal: (secret, place) => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
      cipher.setAAD(toAssociatedData(place))
      const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return [
        FORM,
        keyId,
        ...[nonce, cipher.getAuthTag(), body].map((part) => part.toString('base64url')),
      ].join('.')
    },
    open: (sealed, place) => {
      const [form, sealedWith, nonce, tag, body] = sealed.split('.')
      if (form !== FORM || nonce === undefined || tag === undefined || body === undefined)
        throw new SecretUnreadable('A stored secret has a form this version does not know.')
      if (sealedWith !== keyId)
        throw new SecretUnreadable(
          `A stored secret was sealed with key ${sealedWith}, and this process has key ${keyId}.`,
        )
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), {
        authTagLength: TAG_BYTES,
      })
      decipher.setAAD(toAssociatedData(place))
      decipher.setAuthTag(Buffer.from(tag, 'base64url'))
      try {
        const opened = [decipher.update(Buffer.from(body, 'base64url')), decipher.final()]
        return Buffer.concat(opened).toString('utf8')
      } catch (cause) {
        throw new SecretUnreadable('A stored secret was changed or moved.', { cause })
      }
    },
  }
}

function toAssociatedData(place: SecretPlace): Buffer {
  return Buffer.from(JSON.stringify([place.record, place.field]))
}
