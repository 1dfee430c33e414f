import { toInstant } from '../clock.ts'
import type { Services } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { recordActivities } from '../modules/audit/record-activity.ts'
import { nameActor, type ViewerIdentity } from '../modules/viewer/viewer.ts'
import { fieldSubject, toProblem, type Problem } from '../problems.ts'

const MOST_DAYS = 366

/** Moves the practice calendar by whole days. */
export async function advancePracticeDay(
  services: Services,
  viewer: ViewerIdentity,
  days: number,
): Promise<readonly Problem[]> {
  const subject = fieldSubject('days', 'Days')
  if (services.practice === null) return [toProblem('PRACTICE_ONLY', subject)]
  if (days < 1 || days > MOST_DAYS)
    return [toProblem('DAYS_OUT_OF_RANGE', subject, { minimum: 1, maximum: MOST_DAYS })]
  const before = services.practice.day()
  const after = await services.practice.advance(days)
  await inTransaction(services.orm, (em) =>
    recordActivities(em, [
      {
        at: toInstant(services.clock),
        actor: nameActor(viewer),
        action: 'PRACTICE_DAY_ADVANCED',
        integrationId: null,
        subject,
        before: { day: before },
        after: { day: after },
      },
    ]),
  )
  return []
}
