import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import { newId } from '../../database/id.ts'
import type { Role } from '../viewer/role.ts'

/** A bearer token of a program. Only its hash is stored. */
export const ApiTokenEntity = defineEntity({
  name: 'ApiToken',
  tableName: 'api_token',
  properties: {
    id: p.text().primary().onCreate(newId),
    name: p.text(),
    role: p.text().$type<Role>(),
    tokenHash: p.text().unique(),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3).strictNullable(),
    lastUsedAt: p.datetime(3).strictNullable(),
    revokedAt: p.datetime(3).strictNullable(),
  },
})

/** One row of `api_token`. */
export type ApiTokenRow = InferEntity<typeof ApiTokenEntity>
