import type { AccountId, ContractId, ServiceId, TenantId } from '@trueup/core'
import type { Em } from '../../database/orm.ts'
import { toProblem, type Problem } from '../../problems.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'
import { integrationNotFound } from '../integration/integration-problems.ts'
import type { LinesWish } from '../line/line-ids.ts'
import type { CounterItem, FoundCounters } from './counter-item.ts'
import { readJournalledLines, type JournalledLine } from '../line/read-journalled-lines.ts'

/** Looks up what is to be released and what stands against it, without asking Autotask. */
export async function findReleases(em: Em, wish: LinesWish): Promise<FoundCounters> {
  const { integrationId } = wish
  const integration = await em.findOne(IntegrationEntity, { id: integrationId })
  if (integration === null)
    return { integrationId: null, items: [], problems: [integrationNotFound(integrationId)] }
  const lines = await readJournalledLines(em, integration, { lines: wish.lines })
  return { integrationId, items: lines.map(toItem), problems: listMissing(wish, lines) }
}

function listMissing({ lines }: LinesWish, found: readonly JournalledLine[]): Problem[] {
  const known = new Set(found.map(({ contractId, serviceId }) => `${contractId}/${serviceId}`))
  return lines
    .map(({ contractId, serviceId }) => `${contractId}/${serviceId}`)
    .filter((id) => !known.has(id))
    .map((id) => toProblem('LINE_NOT_FOUND', { kind: 'LINE', id, name: id }))
}

function toItem(line: JournalledLine): CounterItem {
  const { tenantId, accountId, contractId, serviceId } = line
  const about = { tenantId, accountId, contractId, serviceId, adjustment: null }
  if (line.unfedBecause === null && line.ownership !== 'STOPPED') {
    const id = `${contractId}/${serviceId}`
    return {
      ...about,
      counter: null,
      problem: toProblem('LINE_STILL_BILLED', { kind: 'LINE', id, name: id }),
    }
  }
  const name = {
    tenant: line.tenant as TenantId,
    account: line.account as AccountId,
    contract: line.contract as ContractId,
    service: line.service as ServiceId,
  }
  return { ...about, counter: { kind: 'RELEASE', line: name }, problem: null }
}
