import {
  CUT_OFF_MS,
  firstWriteProbe,
  inferFacts,
  type ConnectionFacts,
  type FirstWriteProposal,
  type FirstWriteReport,
  type FirstWriteStep,
} from '@trueup/autotask'
import { VendorError, type ContractId, type LineId } from '@trueup/core'
import { dayAt } from '../../calendar.ts'
import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import { inTransaction } from '../../database/transaction.ts'
import { recordActivities } from '../audit/record-activity.ts'
import type { IntegrationRow } from '../integration/integration.entity.ts'
import { FirstWriteEntity, type FirstWriteRow } from './first-write.entity.ts'
import { readWholeContract } from './propose-first-write.ts'

/**
 * Takes the steps of a first write, or those that are left of one whose process died: each is stored before it is taken, so
 * going on begins with a look and never with a blind repeat. The caller holds the integration's run lease. Never rejects;
 * what could not be finished is taken up again by the schedule.
 */
export async function performFirstWrite(
  services: Services,
  integration: IntegrationRow,
  attempt: FirstWriteRow,
): Promise<void> {
  try {
    await takeSteps(services, integration, attempt)
  } catch (error) {
    if (error instanceof VendorError) await endUnlessBegun(services, integration, attempt, error)
    else services.log.error({ err: error, firstWrite: attempt.id }, 'A first write broke off')
  }
}

async function takeSteps(
  services: Services,
  integration: IntegrationRow,
  attempt: FirstWriteRow,
): Promise<void> {
  const { autotask } = services.connections.open(integration)
  const today = dayAt(services.clock.nowMs(), integration.timeZone)
  const contract = attempt.contractExternalId as ContractId
  const state = await readWholeContract(autotask, contract, today)
  const proposal = toProposal(state, attempt)
  if (proposal === null) {
    await end(services, integration, attempt, { report: LINE_GONE, facts: null })
    return
  }
  const { progress } = attempt
  const steps = firstWriteProbe(
    {
      ledger: autotask,
      clock: services.clock,
      cutOffMs: services.runLimits.unknownWaitMs ?? CUT_OFF_MS,
    },
    proposal,
    progress === 'ADDING' || progress === 'TAKING_BACK' ? progress : null,
    { signal: services.background.signal },
  )
  for await (const step of steps) {
    const facts = step.kind === 'ENDED' ? toFacts(step, inferFacts(state)) : null
    await keep(services, integration, attempt, { step, facts })
  }
}

const LINE_GONE: FirstWriteReport = {
  result: 'NEEDS_PERSON',
  reason: 'LINE_NOT_FOUND',
  units: null,
  facts: { laterPeriodsFollow: null, earlierPeriodsStay: null, secondChangeOfOneDay: null },
}

/** What was proposed when it began, whatever the line carries by now. */
function toProposal(
  state: Awaited<ReturnType<typeof readWholeContract>>,
  attempt: FirstWriteRow,
): FirstWriteProposal | null {
  const line = state.lines.find(({ id }) => id === (attempt.lineExternalId as LineId))
  const contract = state.contracts.find(({ id }) => id === line?.contract)
  if (line === undefined || contract === undefined) return null
  return { contract, line, effectiveDay: attempt.effectiveDay, before: attempt.unitsBefore }
}

function toFacts(
  { report }: Extract<FirstWriteStep, { readonly kind: 'ENDED' }>,
  seen: ReturnType<typeof inferFacts>,
): ConnectionFacts {
  return { ...seen, secondChangeOfOneDay: report.facts.secondChangeOfOneDay }
}

async function keep(
  services: Services,
  integration: IntegrationRow,
  attempt: FirstWriteRow,
  { step, facts }: { readonly step: FirstWriteStep; readonly facts: ConnectionFacts | null },
): Promise<void> {
  if (step.kind === 'ENDED') {
    await end(services, integration, attempt, { report: step.report, facts })
    return
  }
  await services.orm.em
    .fork()
    .nativeUpdate(FirstWriteEntity, { id: attempt.id }, { progress: step.kind })
}

async function end(
  services: Services,
  integration: IntegrationRow,
  attempt: FirstWriteRow,
  ending: { readonly report: FirstWriteReport; readonly facts: ConnectionFacts | null },
): Promise<void> {
  const { report, facts } = ending
  const endedAt = toInstant(services.clock)
  await inTransaction(services.orm, async (em) => {
    await em.nativeUpdate(
      FirstWriteEntity,
      { id: attempt.id },
      { progress: 'ENDED', endedAt, report, facts },
    )
    await recordActivities(em, [
      {
        at: endedAt,
        actor: attempt.startedBy,
        action: 'FIRST_WRITE_ENDED',
        integrationId: integration.id,
        subject: { kind: 'LINE', id: attempt.lineExternalId, name: attempt.lineExternalId },
        before: { units: attempt.unitsBefore },
        after: { result: report.result, reason: report.reason, units: report.units },
      },
    ])
  })
  if (facts === null) return
  services.connections.learn(attempt.databaseName, facts)
  // The next reading understands what was learned.
  await services.connections.forget(integration.id)
}

/** Where nothing can have been sent, a failure is the end; where something can, only a reading may end it. */
async function endUnlessBegun(
  services: Services,
  integration: IntegrationRow,
  attempt: FirstWriteRow,
  error: VendorError,
): Promise<void> {
  const row = await services.orm.em.fork().findOneOrFail(FirstWriteEntity, { id: attempt.id })
  if (row.progress !== 'BEGUN') {
    services.log.warn(
      { err: error, firstWrite: attempt.id },
      'A first write could not be finished yet; it is taken up again',
    )
    return
  }
  const report = { ...LINE_GONE, result: 'UNCHANGED', reason: error.message } as const
  await end(services, integration, attempt, { report, facts: null })
}
