import { expect, test } from 'vitest'
import { createPasswords, generatePassword, PASSWORD_COST } from './password.ts'

test('a password is right for its own hash and no other, at the cost of production', async () => {
  const passwords = createPasswords(PASSWORD_COST)
  const stored = await passwords.hash('correct horse battery')
  expect(await passwords.isRight('correct horse battery', stored)).toBe(true)
  expect(await passwords.isRight('correct horse batterY', stored)).toBe(false)
  expect(stored).toMatch(/^scrypt\$32768\$8\$1\$/)
})

test('a hash keeps the cost it was made with', async () => {
  const stored = await createPasswords({ N: 2 ** 10, r: 8, p: 1 }).hash('correct horse battery')
  expect(
    await createPasswords({ N: 2 ** 11, r: 8, p: 1 }).isRight('correct horse battery', stored),
  ).toBe(true)
})

test('nobody has a right password', async () => {
  expect(await createPasswords({ N: 2 ** 10, r: 8, p: 1 }).isRight('anything', null)).toBe(false)
})

test('generated passwords are long and never the same', () => {
  const made = new Set(Array.from({ length: 100 }, generatePassword))
  expect(made.size).toBe(100)
  for (const password of made) expect(password).toHaveLength(23)
})
