import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto'

/** Fewest characters of a password. */
export const MINIMUM_PASSWORD_CHARACTERS = 12
/** Most characters, so that hashing stays cheap to refuse. */
export const MAXIMUM_PASSWORD_CHARACTERS = 200

/** How much work a guess costs. Stored with each hash, so it may be raised at any time. */
export interface PasswordCost {
  readonly N: number
  readonly r: number
  readonly p: number
}

/** About 60 ms and 32 MB on a small server. */
export const PASSWORD_COST: PasswordCost = { N: 2 ** 15, r: 8, p: 1 }

/** Hashes passwords and looks whether one is right. */
export interface Passwords {
  /** With scrypt and a fresh salt: `scrypt$N$r$p$salt$hash`, salt and hash in base64. */
  hash(password: string): Promise<string>
  /**
   * True when `stored` was made from `password`. Takes as long for a wrong password, and for a person who does not
   * exist (`null`), as for the right one.
   */
  isRight(password: string, stored: string | null): Promise<boolean>
}

const HASH_BYTES = 32
const SALT_BYTES = 16
const MAX_MEMORY_BYTES = 128 * 1024 * 1024

/** Every new hash costs that much; older ones what they cost when they were made. */
export function createPasswords(cost: PasswordCost): Passwords {
  const hash = async (password: string): Promise<string> => {
    const salt = randomBytes(SALT_BYTES)
    const derived = await derive(password, salt, cost)
    const texts = [salt, derived].map((bytes) => bytes.toString('base64'))
    return ['scrypt', cost.N, cost.r, cost.p, ...texts].join('$')
  }
  // Of a password nobody knows, to be compared with for a person who does not exist.
  const nobodys = ['scrypt', cost.N, cost.r, cost.p, ...[SALT_BYTES, HASH_BYTES].map(randomText)]
  return {
    hash,
    isRight: async (password, stored) => {
      const { salt, expected, cost: made } = parseHash(stored ?? nobodys.join('$'))
      const got = await derive(password, salt, made)
      return timingSafeEqual(expected, got) && stored !== null
    },
  }
}

function randomText(bytes: number): string {
  return randomBytes(bytes).toString('base64')
}

function parseHash(stored: string): { salt: Buffer; expected: Buffer; cost: PasswordCost } {
  const [scheme, n, r, p, salt, hash] = stored.split('$')
  if (scheme !== 'scrypt' || salt === undefined || hash === undefined)
    throw new Error('A stored password hash has a form this version does not know')
  return {
    salt: Buffer.from(salt, 'base64'),
    expected: Buffer.from(hash, 'base64'),
    cost: { N: Number(n), r: Number(r), p: Number(p) },
  }
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

function derive(password: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { ...cost, maxmem: MAX_MEMORY_BYTES }
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, options, (error, key) => {
      if (error === null) resolve(key)
      else reject(error)
    })
  })
}
