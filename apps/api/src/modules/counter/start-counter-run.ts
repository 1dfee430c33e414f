import type { Approval } from '@trueup/core'
import type { Services } from '../../context.ts'
import type { Problem } from '../../problems.ts'
import { startRun, type StartRunOutcome } from '../run/start-run.ts'
import { nameActor, type ViewerIdentity } from '../viewer/viewer.ts'
import type { FindCounters } from './counter-item.ts'
import { executeCounterRun } from './execute-counter-run.ts'

/** What is to be undone, and what becomes of the lines. */
export interface CounterOrder {
  readonly trigger: 'TAKE_BACK' | 'RELEASE'
  readonly find: FindCounters
  /** Lines are stopped before anything is posted, so that no run bills them again. */
  readonly stopsLines: boolean
  /** What a person saw and agreed to; `null` posts whatever the plan says. */
  readonly approvals: readonly Approval[] | null
}

/**
 * Begins a run that undoes, with the lease, journal and verification of every other run. Everything that is named is
 * undone or, when the database already knows that something cannot be, nothing is.
 */
export async function startCounterRun(
  services: Services,
  viewer: ViewerIdentity,
  order: CounterOrder,
): Promise<StartRunOutcome> {
  const { integrationId, items, problems } = await order.find(services.orm.em.fork())
  const refused: Problem[] = [...problems, ...items.flatMap((item) => item.problem ?? [])]
  if (refused.length > 0 || integrationId === null)
    return { run: null, ended: null, problems: refused }
  const actor = nameActor(viewer)
  const run = { integrationId, mode: 'RUN', trigger: order.trigger, startedBy: actor } as const
  return startRun(services, run, (about) => executeCounterRun(services, about, { ...order, actor }))
}
