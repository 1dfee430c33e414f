import { createAutotask } from '@trueup/autotask'
import {
  DEFAULT_COUNTING_RULE,
  NO_BRAKES,
  planRun,
  runBilling,
  toDay,
  type AccountId,
  type AccountMapping,
  type ApplicationName,
  type ContractId,
  type LineId,
  type RunRequest,
  type ServiceId,
  type TenantId,
  type TenantUsage,
} from '@trueup/core'
import { createMemoryJournal, type MemoryJournal } from '@trueup/core/testing'
import { runDay, type Provider, type WantedLine } from './provider.ts'

const day = toDay(runDay)

/**
 * One run of Trueup's own engine and adapter, after a preview has looked up the zone and read the catalogue, as in a
 * server that has been running. Returns how many adjustments were confirmed.
 */
export async function runTrueup({ sandbox, lines }: Provider): Promise<number> {
  const clock = { nowMs: () => Date.now(), sleep: failToSleep }
  const autotask = createAutotask({ ...sandbox.connection.autotask, clock })
  const parts = { ledger: autotask, journal: buildJournal(lines), clock }
  const request = buildRequest(lines)
  await planRun(parts, request)
  sandbox.clearCalls()
  let confirmed = 0
  for await (const event of runBilling(parts, { ...request, apply: 'ALL' })) {
    if (event.kind === 'confirmed') confirmed += 1
  }
  await autotask.close()
  return confirmed
}

/** With every request answered at once there is nothing to wait for: waiting would hide a fault in the pacing. */
function failToSleep(ms: number): Promise<void> {
  throw new Error(`The run wanted to wait ${ms} ms.`)
}

function buildRequest(lines: readonly WantedLine[]): RunRequest {
  const accounts = Map.groupBy(lines, ({ account }) => account)
  return {
    day,
    settings: {
      billDevicesByCategory: false,
      countUnknownAsWorkstation: false,
      effectiveDatePolicy: 'PERIOD_START',
      brakes: NO_BRAKES,
      maximumReadingAgeDays: 3,
    },
    accountMappings: [...accounts.values()].flatMap(([first]) =>
      first === undefined ? [] : [toMapping(first)],
    ),
    serviceMappings: [...new Set(lines.map(({ service }) => service))].map((service) => ({
      application: applicationOf(service),
      unit: 'DEVICE' as const,
      category: null,
      service: String(service) as ServiceId,
      counting: DEFAULT_COUNTING_RULE,
    })),
    usage: [...accounts.values()].map(toUsage),
  }
}

function toMapping({ account, contract }: WantedLine): AccountMapping {
  return {
    tenant: tenantOf(account),
    tenantName: `Customer ${account}`,
    tenantVanished: false,
    account: String(account) as AccountId,
    accountName: `Customer ${account}`,
    billingEnabled: true,
    contract: String(contract) as ContractId,
    effectiveDatePolicy: null,
  }
}

function toUsage(lines: readonly WantedLine[]): TenantUsage {
  const tenant = tenantOf(lines[0]?.account ?? 0)
  const applications = lines.map(({ service, wanted }) => ({
    application: applicationOf(service),
    unit: 'DEVICE' as const,
    quantity: wanted,
    keys: [],
  }))
  const reading = { tenant, complete: true as const, applications }
  return { tenant, readings: [{ snapshotId: 'newest', usageDay: day, takenAtMs: 0, reading }] }
}

/** All lines have been ours since last month. */
function buildJournal(lines: readonly WantedLine[]): MemoryJournal {
  const journal = createMemoryJournal()
  for (const { contract, service, line, billed } of lines) {
    journal.putRecord({
      contract: String(contract) as ContractId,
      service: String(service) as ServiceId,
      line: String(line) as LineId,
      ordinal: 1,
      ownership: 'OWNED',
      confirmed: { units: billed, effectiveDay: toDay('2026-02-01') },
    })
  }
  return journal
}

function tenantOf(account: number): TenantId {
  return `tenant-${account}` as TenantId
}

function applicationOf(service: number): ApplicationName {
  return `Application ${service}` as ApplicationName
}
