import { defineEntity, p } from '@mikro-orm/core'
import { PersonEntity } from './person.entity.ts'

/** One browser's sign-in. Only the cookie's hash is stored, so reading the database signs nobody in. */
export const SessionEntity = defineEntity({
  name: 'Session',
  tableName: 'session',
  properties: {
    tokenHash: p.text().primary(),
    person: () => p.manyToOne(PersonEntity).ref(),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3),
  },
  indexes: [{ properties: ['expiresAt'] }],
})
