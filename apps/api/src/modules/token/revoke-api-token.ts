import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import { inTransaction } from '../../database/transaction.ts'
import { fieldSubject, toProblem, type Problem } from '../../problems.ts'
import { recordActivities } from '../audit/record-activity.ts'
import { nameActor, type ViewerIdentity } from '../viewer/viewer.ts'
import { ApiTokenEntity } from './api-token.entity.ts'

/** Makes a token be refused from now on. */
export async function revokeApiToken(
  services: Services,
  viewer: ViewerIdentity,
  id: string,
): Promise<readonly Problem[]> {
  return inTransaction(services.orm, async (em) => {
    const token = await em.findOne(ApiTokenEntity, { id, revokedAt: null })
    if (token === null) return [toProblem('TOKEN_NOT_FOUND', fieldSubject('id', 'Token'))]
    token.revokedAt = toInstant(services.clock)
    await recordActivities(em, [
      {
        at: token.revokedAt,
        actor: nameActor(viewer),
        action: 'API_TOKEN_REVOKED',
        integrationId: null,
        subject: { kind: 'FIELD', id, name: token.name },
        before: { revokedAt: null },
        after: { revokedAt: token.revokedAt },
      },
    ])
    return []
  })
}
