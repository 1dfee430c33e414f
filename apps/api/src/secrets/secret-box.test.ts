import { expect, test } from 'vitest'
import { createSecretBox, SecretUnreadable } from './secret-box.ts'

const box = createSecretBox(Buffer.alloc(32, 1))
const place = { record: 'r1', field: 'password' }

test('a sealed secret can be opened in its place and shows nothing of itself', () => {
  const sealed = box.seal('correct horse ✓', place)
  expect(sealed).not.toContain('correct')
  expect(box.open(sealed, place)).toBe('correct horse ✓')
})

test('the same secret is sealed differently each time', () => {
  expect(box.seal('same', place)).not.toBe(box.seal('same', place))
})

test('a secret that was moved to another record or field cannot be opened', () => {
  const sealed = box.seal('secret', place)
  expect(() => box.open(sealed, { ...place, record: 'r2' })).toThrow(SecretUnreadable)
  expect(() => box.open(sealed, { ...place, field: 'other' })).toThrow(SecretUnreadable)
})

test('a changed text and another key are told apart', () => {
  const sealed = box.seal('secret', place)
  const parts = sealed.split('.')
  const body = Buffer.from(parts[4] ?? '', 'base64url')
  body.writeUInt8(body.readUInt8(0) ^ 1, 0)
  const changed = [...parts.slice(0, 4), body.toString('base64url')].join('.')
  expect(() => box.open(changed, place)).toThrow('changed or moved')
  expect(() => createSecretBox(Buffer.alloc(32, 2)).open(sealed, place)).toThrow('sealed with key')
  expect(() => box.open('nonsense', place)).toThrow('form')
})
