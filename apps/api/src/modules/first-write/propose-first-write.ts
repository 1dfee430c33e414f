import {
  proposeFirstWrite as proposeOnLine,
  type Autotask,
  type FirstWriteObstacle,
  type FirstWriteProposal,
} from '@trueup/autotask'
import {
  VendorError,
  type ContractId,
  type ContractService,
  type Day,
  type LedgerState,
} from '@trueup/core'
import { dayAt } from '../../calendar.ts'
import type { Services } from '../../context.ts'
import { toProblem, type Problem } from '../../problems.ts'
import { ContractEntity } from '../contract/contract.entity.ts'
import { integrationNotFound } from '../integration/integration-problems.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'
import { toRunProblem } from '../run/run-problems.ts'
import { ServiceEntity } from '../service/service.entity.ts'

/** A line with what a first write would do to it, or why it cannot be used. */
export interface ProposedLine {
  readonly line: ContractService
  readonly serviceName: string
  readonly proposal: FirstWriteProposal | null
  readonly obstacle: FirstWriteObstacle | null
}

/** A contract's lines, or why they cannot be shown. */
export interface ProposedLines {
  readonly lines: readonly ProposedLine[]
  readonly problems: readonly Problem[]
}

/** Reads a contract's lines and proposes a first write on each. Changes nothing. */
export async function proposeFirstWrite(
  services: Services,
  request: { readonly integrationId: string; readonly contractId: string },
): Promise<ProposedLines> {
  const em = services.orm.em.fork()
  const integration = await em.findOne(IntegrationEntity, { id: request.integrationId })
  if (integration === null) return refuse(integrationNotFound(request.integrationId))
  const contract = await em.findOne(ContractEntity, {
    id: request.contractId,
    integrationId: integration.id,
  })
  if (contract === null) return refuse(contractNotFound(request.contractId))
  try {
    const { autotask } = services.connections.open(integration)
    const today = dayAt(services.clock.nowMs(), integration.timeZone)
    const state = await readWholeContract(autotask, contract.externalId as ContractId, today)
    const known = await em.find(ServiceEntity, { integrationId: integration.id })
    const names = new Map(known.map(({ externalId, name }) => [externalId, name]))
    const lines = state.lines.map((line): ProposedLine => {
      const proposed = proposeOnLine(state, line.id, today)
      const serviceName = names.get(line.service) ?? line.service
      return typeof proposed === 'string'
        ? { line, serviceName, proposal: null, obstacle: proposed }
        : { line, serviceName, proposal: proposed, obstacle: null }
    })
    return { lines, problems: [] }
  } catch (error) {
    if (error instanceof VendorError) return refuse(toRunProblem(integration, error))
    throw error
  }
}

/** A contract with its lines and every period of them, the past ones too: they show what people changed before. */
export async function readWholeContract(
  autotask: Autotask,
  contract: ContractId,
  today: Day,
): Promise<Pick<LedgerState, 'contracts' | 'lines' | 'unitPeriods'>> {
  const { contracts, lines } = await autotask.readLedger(
    { contracts: [contract], fromDay: today },
    {},
  )
  const [first] = contracts
  if (first === undefined || lines.length === 0) return { contracts, lines, unitPeriods: [] }
  const written = lines.map(({ id, service }) => ({ contract, service, line: id }))
  const { unitPeriods } = await autotask.readWritten({ written, fromDay: first.startDay }, {})
  return { contracts, lines, unitPeriods }
}

function contractNotFound(id: string): Problem {
  return toProblem('CONTRACT_NOT_FOUND', { kind: 'CONTRACT', id, name: id })
}

function refuse(problem: Problem): ProposedLines {
  return { lines: [], problems: [problem] }
}

/** What makes a line of an integration the one that a person saw. */
export type Seen = Pick<FirstWriteProposal, 'effectiveDay' | 'before'>

/** Whether the proposal is still the one that a person said yes to. */
export function isAsSeen(proposal: FirstWriteProposal, seen: Seen): boolean {
  return proposal.effectiveDay === seen.effectiveDay && proposal.before === seen.before
}
