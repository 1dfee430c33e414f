import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import { newId } from '../../database/id.ts'
import type { Role } from './role.ts'

/** Somebody who signs in. */
export const PersonEntity = defineEntity({
  name: 'Person',
  tableName: 'person',
  properties: {
    id: p.text().primary().onCreate(newId),
    userName: p.text(),
    /** `userName` folded: signing in does not depend on upper and lower case. */
    userNameKey: p.text().unique(),
    /** As viewer/password.ts writes it. */
    passwordHash: p.text(),
    mustChangePassword: p.boolean(),
    role: p.text().$type<Role>(),
    createdAt: p.datetime(3),
  },
})

/** One row of `person`. */
export type PersonRow = InferEntity<typeof PersonEntity>
