import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import { inTransaction } from '../../database/transaction.ts'
import { fieldSubject, toProblem, type Problem } from '../../problems.ts'
import { recordActivities } from '../audit/record-activity.ts'
import { MAXIMUM_PASSWORD_CHARACTERS, MINIMUM_PASSWORD_CHARACTERS } from './password.ts'
import { PersonEntity } from './person.entity.ts'
import { hashSecret } from './secret-hash.ts'
import { SessionEntity } from './session.entity.ts'

/** Who wants which password, and the session that stays. */
export interface ChangePasswordRequest {
  readonly personId: string
  readonly currentPassword: string
  readonly newPassword: string
  /** The session it was asked from; every other one of this person ends. */
  readonly sessionSecret: string | null
}

/** Changes a person's password and ends their other sessions. Wrong guesses are slowed down like sign-ins. */
export async function changePassword(
  services: Services,
  request: ChangePasswordRequest,
): Promise<readonly Problem[]> {
  const keys = [`person ${request.personId}`]
  const seconds = services.signInLimit.secondsToWait(keys)
  const current = fieldSubject('currentPassword', 'Current password')
  if (seconds > 0) return [toProblem('SIGN_IN_PAUSED', current, { seconds })]
  const problems = checkNewPassword(request.newPassword)
  if (problems.length > 0) return problems

  const person = await services.orm.em.fork().findOneOrFail(PersonEntity, { id: request.personId })
  if (!(await services.passwords.isRight(request.currentPassword, person.passwordHash))) {
    services.signInLimit.recordFailure(keys)
    return [toProblem('PASSWORD_WRONG', current)]
  }
  const passwordHash = await services.passwords.hash(request.newPassword)
  const stays = request.sessionSecret === null ? '' : hashSecret(request.sessionSecret)
  await inTransaction(services.orm, async (em) => {
    await em.nativeUpdate(
      PersonEntity,
      { id: person.id },
      { passwordHash, mustChangePassword: false },
    )
    await em.nativeDelete(SessionEntity, { person: person.id, tokenHash: { $ne: stays } })
    await recordActivities(em, [
      {
        at: toInstant(services.clock),
        actor: person.userName,
        action: 'PASSWORD_CHANGED',
        integrationId: null,
        subject: { kind: 'FIELD', id: person.id, name: person.userName },
        before: null,
        after: null,
      },
    ])
  })
  return []
}

function checkNewPassword(password: string): Problem[] {
  const subject = fieldSubject('newPassword', 'New password')
  if (password.length < MINIMUM_PASSWORD_CHARACTERS)
    return [toProblem('PASSWORD_TOO_SHORT', subject, { minimum: MINIMUM_PASSWORD_CHARACTERS })]
  if (password.length > MAXIMUM_PASSWORD_CHARACTERS)
    return [toProblem('PASSWORD_TOO_LONG', subject, { maximum: MAXIMUM_PASSWORD_CHARACTERS })]
  return []
}
