import type { Subject } from '@trueup/core'
import type { Em } from '../../database/orm.ts'
import { ActivityEntity } from './activity.entity.ts'

/** One change to be remembered. Secrets never belong in here. */
export interface ActivityFacts {
  readonly at: Date
  /** Who, as `nameActor` says. */
  readonly actor: string
  /** UPPER_SNAKE, for example `ACCOUNT_MAPPING_CHANGED`. */
  readonly action: string
  readonly integrationId: string | null
  readonly subject: Subject
  /** What it was; `null` when there was nothing. */
  readonly before: unknown
  readonly after: unknown
}

/** Adds changes to the activity log within the transaction that makes them (product.md, rule 26). */
export async function recordActivities(em: Em, changes: readonly ActivityFacts[]): Promise<void> {
  for (const change of changes) {
    const { subject, before, after, ...facts } = change
    em.create(ActivityEntity, {
      ...facts,
      subjectKind: subject.kind,
      subjectId: subject.id,
      subjectName: subject.name,
      before: before === null ? null : JSON.stringify(before),
      after: after === null ? null : JSON.stringify(after),
    })
  }
  await em.flush()
}
