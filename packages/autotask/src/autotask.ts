import type {
  Clock,
  Contract,
  ContractId,
  ContractLedger,
  ContractService,
  LineId,
  ReadOptions,
} from '@trueup/core'
import { testConnection, type ConnectionReport } from './connection-test.ts'
import { NO_FACTS, type ConnectionFacts } from './first-write/connection-facts.ts'
import { createMemoryBudget, type RequestBudget } from './http/budget.ts'
import { createClient } from './http/client.ts'
import type { AutotaskLog } from './http/events.ts'
import type { ThresholdReading } from './http/hour.ts'
import { createLanes, type Lanes } from './http/lanes.ts'
import { createTransport } from './http/transport.ts'
import { createZoneLookup } from './http/zone.ts'
import { readDirectory } from './read-directory.ts'
import { readLedger } from './read-ledger.ts'
import { readWritten } from './read-written.ts'
import { postAdjustment } from './resources/adjustments.ts'
import { createRowMemory } from './resources/filled-groups.ts'
import { createServiceCatalogue } from './resources/services.ts'
import { readThreshold } from './resources/threshold.ts'

/** One connection to one Autotask database. */
export interface AutotaskOptions {
  /** Login of an API-only user. */
  readonly userName: string
  readonly secret: string
  /** Tracking identifier from the API user's record. */
  readonly integrationCode: string
  /** Where the zone is looked up; Autotask's own address unless a practice world is meant. */
  readonly url?: string
  readonly clock: Clock
  /** Requests of the hour; share one among everything that uses the same database. */
  readonly budget?: RequestBudget
  /** Simultaneous requests; share one among everything that uses the same integration code. */
  readonly lanes?: Lanes
  /** What the first write and earlier readings taught of this Autotask; nothing when absent. */
  readonly facts?: ConnectionFacts
  /** Told about waits, repeats and zone moves. */
  readonly log?: AutotaskLog
  /** Longest time a request waits for room in the hour before it fails: 65 minutes. */
  readonly maximumWaitMs?: number
  /** Longest time for one request, from sending to its last byte: 120 s. */
  readonly timeoutMs?: number
  /** Largest answer: 32 MB; a page of 500 rows has well under one. */
  readonly maximumBodyBytes?: number
}

/** Autotask as a {@link ContractLedger}, and what only Autotask has. */
export interface Autotask extends ContractLedger {
  /** Looks at everything a run needs, without changing anything. Failures are results, not errors. */
  testConnection(options: ReadOptions): Promise<ConnectionReport>
  /** How many requests of the hour are used, by everybody; teaches the budget too. */
  readThreshold(options: ReadOptions): Promise<ThresholdReading>
  /** Closes idle connections. */
  close(): Promise<void>
}

const DEFAULT_TIMEOUT_MS = 120_000
const DEFAULT_MAXIMUM_BODY_BYTES = 32 * 1024 * 1024

/** Connects to Autotask. Nothing is sent before the first call; the zone is looked up with it. */
export function createAutotask(options: AutotaskOptions): Autotask {
  const { userName, secret, integrationCode, clock, log = () => undefined } = options
  const facts = options.facts ?? NO_FACTS
  const budget = options.budget ?? createMemoryBudget()
  const transport = createTransport({
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    maximumBodyBytes: options.maximumBodyBytes ?? DEFAULT_MAXIMUM_BODY_BYTES,
  })
  const client = createClient({
    transport,
    zones: createZoneLookup(transport, userName, options.url),
    credentials: { userName, secret, integrationCode },
    lanes: options.lanes ?? createLanes(),
    budget,
    clock,
    log,
    maximumWaitMs: options.maximumWaitMs,
  })
  const catalogue = createServiceCatalogue(client, clock)
  const rows = createRowMemory()
  const memory = {
    contracts: new Map<ContractId, Contract>(),
    lines: new Map<LineId, ContractService>(),
  }
  const threshold = (read: ReadOptions): Promise<ThresholdReading> =>
    readThreshold({ client, budget, clock }, read)

  return {
    readDirectory: (read) => readDirectory(client, catalogue, read),
    async readLedger(request, read) {
      const state = await readLedger({ client, catalogue, facts, rows }, request, read)
      for (const contract of state.contracts) memory.contracts.set(contract.id, contract)
      for (const line of state.lines) memory.lines.set(line.id, line)
      return state
    },
    readWritten: (request, read) => readWritten({ client, facts, memory }, request, read),
    applyAdjustment: (request, read) => postAdjustment({ client, facts }, request, read),
    testConnection: (read) =>
      testConnection({ client, catalogue, clock, facts, readThreshold: threshold }, read),
    readThreshold: threshold,
    close: () => client.close(),
  }
}
