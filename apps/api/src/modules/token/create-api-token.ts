import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import { inTransaction } from '../../database/transaction.ts'
import { fieldSubject, toProblem, type Problem } from '../../problems.ts'
import { recordActivities } from '../audit/record-activity.ts'
import type { Role } from '../viewer/role.ts'
import { generateSecret, hashSecret } from '../viewer/secret-hash.ts'
import { nameActor, type ViewerIdentity } from '../viewer/viewer.ts'
import { ApiTokenEntity, type ApiTokenRow } from './api-token.entity.ts'

/** A token that was made with its secret, or why not. */
export type CreateApiTokenOutcome =
  | { readonly token: ApiTokenRow; readonly secret: string; readonly problems: readonly [] }
  | { readonly token: null; readonly secret: null; readonly problems: readonly Problem[] }

const MOST_NAME_CHARACTERS = 100

/** Makes a bearer token. Its secret is returned once; only its hash is stored. */
export async function createApiToken(
  services: Services,
  viewer: ViewerIdentity,
  request: { readonly name: string; readonly role: Role; readonly expiresAt: Date | null },
): Promise<CreateApiTokenOutcome> {
  const name = request.name.trim()
  const createdAt = toInstant(services.clock)
  const problems: Problem[] = []
  if (name.length === 0 || name.length > MOST_NAME_CHARACTERS)
    problems.push(
      toProblem('TOKEN_NAME_INVALID', fieldSubject('input.name', 'Name'), {
        maximum: MOST_NAME_CHARACTERS,
      }),
    )
  if (request.expiresAt !== null && request.expiresAt <= createdAt)
    problems.push(toProblem('TOKEN_EXPIRY_PAST', fieldSubject('input.expiresAt', 'Expires')))
  if (problems.length > 0) return { token: null, secret: null, problems }

  const secret = `trueup_${generateSecret()}`
  const token = await inTransaction(services.orm, async (em) => {
    const row = em.create(ApiTokenEntity, {
      name,
      role: request.role,
      tokenHash: hashSecret(secret),
      createdAt,
      expiresAt: request.expiresAt,
    })
    await em.flush()
    await recordActivities(em, [
      {
        at: createdAt,
        actor: nameActor(viewer),
        action: 'API_TOKEN_CREATED',
        integrationId: null,
        subject: { kind: 'FIELD', id: row.id, name },
        before: null,
        after: { name, role: row.role, expiresAt: row.expiresAt },
      },
    ])
    return row
  })
  return { token, secret, problems: [] }
}
