import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto'

/** Fewest characters of a password. */
export const MINIMUM_PASSWORD_CHARACTERS = 12
/** Most characters, so that hashing stays cheap to refuse. */
export const MAXIMUM_PASSWORD_CHARACTERS = 200

// About 60 ms and 32 MB on a small server. The numbers are stored with each hash and may be raised.
const COST = { N: 2 ** 15, r: 8, p: 1 } as const
const HASH_BYTES = 32
const SALT_BYTES = 16
const MAX_MEMORY_BYTES = 128 * 1024 * 1024

/** Hashes with scrypt and a fresh salt: `scrypt$N$r$p$salt$hash`, salt and hash in base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive(password, salt, COST)
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), hash.toString('base64')].join(
    '$',
  )
}

/** True when `stored` was made from `password`. Takes as long for a wrong password as for the right one. */
export async function isPassword(password: string, stored: string): Promise<boolean> {
  const [scheme, n, r, p, salt, hash] = stored.split('$')
  if (scheme !== 'scrypt' || salt === undefined || hash === undefined)
    throw new Error('A stored password hash has a form this version does not know')
  const expected = Buffer.from(hash, 'base64')
  const got = await derive(password, Buffer.from(salt, 'base64'), {
    N: Number(n),
    r: Number(r),
    p: Number(p),
  })
  return timingSafeEqual(expected, got)
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789'
const GENERATED_GROUPS = 4
const GROUP_CHARACTERS = 5

/** A password that can be read aloud: four groups of five, without letters that look alike; 114 bits. */
export function generatePassword(): string {
  const group = (): string =>
    Array.from({ length: GROUP_CHARACTERS }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return Array.from({ length: GENERATED_GROUPS }, group).join('-')
}

function derive(
  password: string,
  salt: Buffer,
  cost: { readonly N: number; readonly r: number; readonly p: number },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { ...cost, maxmem: MAX_MEMORY_BYTES }
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, options, (error, key) => {
      if (error === null) resolve(key)
      else reject(error)
    })
  })
}
