import { UniqueConstraintViolationException } from '@mikro-orm/core'
import type { Orm } from '../../database/orm.ts'
import { generatePassword, type Passwords } from './password.ts'
import { PersonEntity } from './person.entity.ts'

/** How to sign in for the first time. */
export interface FirstSignIn {
  readonly userName: string
  readonly password: string
}

const USER_NAME = 'admin'

/**
 * Makes `admin` when there is nobody yet and returns how to sign in; `null` at every later start. The password is
 * never stored in clear, so this is the only time it can be shown.
 */
export async function createFirstAdministrator(
  orm: Orm,
  facts: {
    readonly passwords: Passwords
    /** `null` generates one. */
    readonly password: string | null
    readonly at: Date
  },
): Promise<FirstSignIn | null> {
  const em = orm.em.fork()
  if ((await em.count(PersonEntity)) > 0) return null
  const password = facts.password ?? generatePassword()
  em.create(PersonEntity, {
    userName: USER_NAME,
    userNameKey: USER_NAME,
    passwordHash: await facts.passwords.hash(password),
    mustChangePassword: facts.password === null,
    role: 'ADMINISTRATOR',
    createdAt: facts.at,
  })
  try {
    await em.flush()
  } catch (error) {
    // Another process that starts on the same database was quicker; its password counts.
    if (error instanceof UniqueConstraintViolationException) return null
    throw error
  }
  return { userName: USER_NAME, password }
}
