import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readKeyFile } from './key-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trueup-key-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('the key is made at first use and is the same ever after', () => {
  const key = readKeyFile(join(folder, 'new'))
  expect(key).toHaveLength(32)
  expect(readKeyFile(join(folder, 'new'))).toEqual(key)
})

test.skipIf(process.platform === 'win32')(
  'only the owner may read the key, also after it was copied',
  () => {
    readKeyFile(folder)
    const file = join(folder, 'secret.key')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    chmodSync(file, 0o644)
    readKeyFile(folder)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  },
)

test('a file that holds no key is refused, not replaced', () => {
  writeFileSync(join(folder, 'secret.key'), 'oops')
  expect(() => readKeyFile(folder)).toThrow('does not hold a key')
})
