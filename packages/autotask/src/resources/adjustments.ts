import {
  invariant,
  type AdjustmentRequest,
  type ApplyOutcome,
  type ReadOptions,
} from '@trueup/core'
import { toNumber } from '../convert.ts'
import type { ConnectionFacts } from '../first-write/connection-facts.ts'
import { parseJson, readErrors, readFrameworkMessage } from '../http/answers.ts'
import type { Client } from '../http/client.ts'
import type { HttpAnswer } from '../http/transport.ts'
import { operationResult } from '../wire.ts'
import { areRefusals } from './refusals.ts'

/**
 * Posts one adjustment, once. By the child route, with the contract in the body too. The line is named by its
 * own id when it is known, since a contract may carry a service twice; otherwise contract and service name it
 * and Autotask makes the line. Throws only when nothing was changed.
 */
export async function postAdjustment(
  { client, facts }: { readonly client: Client; readonly facts: ConnectionFacts },
  request: AdjustmentRequest,
  options: ReadOptions,
): Promise<ApplyOutcome> {
  const { contract, service, line, effectiveDay, unitChange } = request
  invariant(Number.isInteger(unitChange) && unitChange !== 0, 'an adjustment changes whole units', {
    unitChange,
  })
  const contractID = toNumber(contract)
  const posted = await client.post(
    {
      operation: 'ContractServiceAdjustments.create',
      // Whether a child route counts against its parent's threads is not documented: it enters both lanes.
      lanes: ['ContractServiceAdjustments', 'Contracts'],
      path: `Contracts/${contractID}/ServiceAdjustments`,
      body: {
        contractID,
        ...(line === null
          ? { serviceID: toNumber(service) }
          : { contractServiceID: toNumber(line) }),
        unitChange,
        effectiveDate: effectiveDay,
      },
    },
    options,
  )
  return posted.kind === 'UNANSWERED'
    ? { kind: 'UNKNOWN', reason: posted.failure.message }
    : toOutcome(posted.answer, facts)
}

/** What an answer says of the write. Status first; whatever is not plainly yes or no is unknown. */
function toOutcome({ status, body }: HttpAnswer, facts: ConnectionFacts): ApplyOutcome {
  const value = parseJson(body)
  const texts = readErrors(value)
  const said = texts.join(' ') || readFrameworkMessage(value) || ''
  const reason = `HTTP ${status}${said === '' ? '' : `: ${said.slice(0, 500)}`}`
  if (status === 200 && texts.length === 0 && operationResult.safeParse(value).success) {
    return { kind: 'ACCEPTED' }
  }
  const isNo = isRefused({ status, texts, value }, facts)
  return { kind: isNo ? 'REFUSED' : 'UNKNOWN', reason }
}

/**
 * Refused before it was applied: errors beside a 200, the texts of checks, a missing permission, and a route or
 * verb that the framework does not know. An HTML page is none of these, whatever its status.
 */
function isRefused(
  said: { readonly status: number; readonly texts: readonly string[]; readonly value: unknown },
  facts: ConnectionFacts,
): boolean {
  const { status, texts, value } = said
  if (status === 200) return texts.length > 0
  if (status === 403) return true
  if (status === 404 || status === 405) return readFrameworkMessage(value) !== null
  return areRefusals(texts, facts)
}
