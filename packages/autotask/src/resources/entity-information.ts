import type { z } from 'zod'
import type { ReadOptions } from '@trueup/core'
import type { Client } from '../http/client.ts'
import { autotaskError } from '../http/errors.ts'
import { entityInformation } from '../wire.ts'

/** Entities whose permissions matter to us; adjustments can only be created. */
export type DescribedEntity =
  | 'Companies'
  | 'Contracts'
  | 'Services'
  | 'ContractServices'
  | 'ContractServiceUnits'
  | 'ContractServiceAdjustments'

/** What the signed-in user may do with an entity, in Autotask's words (`All`, `Restricted`, `None`). */
export interface EntityAccess {
  readonly query: string | null
  readonly create: string | null
}

/** Asks what the signed-in user may do with an entity. */
export async function readAccess(
  client: Client,
  entity: DescribedEntity,
  options: ReadOptions,
): Promise<EntityAccess> {
  const description = { path: 'entityInformation', schema: entityInformation }
  const { info } = await readDescription(client, entity, description, options)
  return { query: toText(info.userAccessForQuery), create: toText(info.userAccessForCreate) }
}

/** Whether an access level allows anything. Absent means that Autotask did not say, which is not a refusal. */
export function isAllowed(access: string | null): boolean {
  return access === null || !/^(none|0)$/i.test(access)
}

/**
 * A user without the permission gets an empty list instead of an error (facts: section 2.6), and an empty list
 * would mean "no line, no units" to billing. Before nothing is believed, the permission is looked at.
 */
export async function requireQueryAccess(
  client: Client,
  entity: DescribedEntity,
  options: ReadOptions,
): Promise<void> {
  const { query } = await readAccess(client, entity, options)
  if (isAllowed(query)) return
  throw autotaskError({
    operation: `${entity}.query`,
    code: 'AUTOTASK_PERMISSION_MISSING',
    message: `${entity}: the API user may not read this entity`,
    retryable: false,
    facts: { entity, right: 'QUERY', access: query },
  })
}

/** Asks for one of an entity's descriptions; each route answers without permission for the entity's rows. */
export async function readDescription<T>(
  client: Client,
  entity: DescribedEntity,
  description: { readonly path: string; readonly schema: z.ZodType<T> },
  options: ReadOptions,
): Promise<T> {
  const { path, schema } = description
  const call = { operation: `${entity}.${path}`, lanes: [entity], path: `${entity}/${path}` }
  const { value } = await client.read(call, options)
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw autotaskError({
    operation: call.operation,
    code: 'AUTOTASK_ANSWER_INVALID',
    message: `${call.operation}: the description of the entity is unreadable`,
    retryable: false,
    facts: { entity, field: parsed.error.issues[0]?.path.join('.') ?? null },
    cause: parsed.error,
  })
}

function toText(access: string | number | null | undefined): string | null {
  return access === null || access === undefined ? null : String(access)
}
