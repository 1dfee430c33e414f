import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const KEY_BYTES = 32
const OWNER_ONLY = 0o600
const OTHERS = 0o077

/**
 * The key of the data folder, made at first use with mode 0600. Without it the stored secrets are lost, so it
 * belongs into the backup, apart from the database. Throws when the file holds no key.
 */
export function readKeyFile(dataDir: string): Buffer {
  const file = join(dataDir, 'secret.key')
  if (!existsSync(file)) writeKey(dataDir, file)
  // Somebody may have copied the folder with other rights; systems without modes report 0o666 and take no chmod.
  if (process.platform !== 'win32' && (statSync(file).mode & OTHERS) !== 0)
    chmodSync(file, OWNER_ONLY)
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
  if (key.length !== KEY_BYTES)
    throw new Error(`${file} does not hold a key of ${KEY_BYTES} bytes in base64`)
  return key
}

function writeKey(dataDir: string, file: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  try {
    writeFileSync(file, `${randomBytes(KEY_BYTES).toString('base64')}\n`, {
      mode: OWNER_ONLY,
      flag: 'wx',
    })
  } catch (error) {
    // Another process was quicker; its key counts.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}
