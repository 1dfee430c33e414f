import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import { inTransaction } from '../../database/transaction.ts'
import { foldCase } from '../../database/search-text.ts'
import { fieldSubject, toProblem, type Problem } from '../../problems.ts'
import { recordActivities } from '../audit/record-activity.ts'
import { MAXIMUM_PASSWORD_CHARACTERS } from './password.ts'
import { PersonEntity, type PersonRow } from './person.entity.ts'
import { generateSecret, hashSecret } from './secret-hash.ts'
import { SessionEntity } from './session.entity.ts'

/** A session lasts this long, used or not. */
const SESSION_MS = 14 * 86_400_000

/** What somebody typed, and from where. */
export interface SignInRequest {
  readonly userName: string
  readonly password: string
  readonly remoteAddress: string
}

/** A session that was opened, or why not. */
export type SignInOutcome =
  | {
      readonly kind: 'OPENED'
      readonly person: PersonRow
      readonly secret: string
      readonly expiresAt: Date
    }
  | { readonly kind: 'REFUSED'; readonly problems: readonly Problem[] }

/**
 * Opens a session. A wrong name and a wrong password are answered alike and take equally long; failures are
 * counted by name and by address, whichever is reached first makes both wait.
 */
export async function signIn(services: Services, request: SignInRequest): Promise<SignInOutcome> {
  const userNameKey = foldCase(request.userName.slice(0, MAXIMUM_PASSWORD_CHARACTERS))
  const keys = [`name ${userNameKey}`, `address ${request.remoteAddress}`]
  const seconds = services.signInLimit.secondsToWait(keys)
  if (seconds > 0)
    return refuse(toProblem('SIGN_IN_PAUSED', fieldSubject('password', 'Password'), { seconds }))

  const em = services.orm.em.fork()
  const person = await em.findOne(PersonEntity, { userNameKey })
  const stored = person?.passwordHash ?? null
  const isRight =
    request.password.length <= MAXIMUM_PASSWORD_CHARACTERS &&
    (await services.passwords.isRight(request.password, stored))
  if (person === null || !isRight) {
    services.signInLimit.recordFailure(keys)
    return refuse(toProblem('SIGN_IN_REFUSED', fieldSubject('password', 'Password')))
  }
  services.signInLimit.forgive(keys)
  return openSession(services, person)
}

async function openSession(services: Services, person: PersonRow): Promise<SignInOutcome> {
  const secret = generateSecret()
  const createdAt = toInstant(services.machineClock)
  const expiresAt = new Date(createdAt.getTime() + SESSION_MS)
  await inTransaction(services.orm, async (em) => {
    await em.nativeDelete(SessionEntity, { expiresAt: { $lte: createdAt } })
    em.create(SessionEntity, {
      tokenHash: hashSecret(secret),
      person: person.id,
      createdAt,
      expiresAt,
    })
    await recordActivities(em, [
      {
        at: toInstant(services.clock),
        actor: person.userName,
        action: 'SIGNED_IN',
        integrationId: null,
        subject: { kind: 'FIELD', id: person.id, name: person.userName },
        before: null,
        after: null,
      },
    ])
  })
  return { kind: 'OPENED', person, secret, expiresAt }
}

function refuse(problem: Problem): SignInOutcome {
  return { kind: 'REFUSED', problems: [problem] }
}
