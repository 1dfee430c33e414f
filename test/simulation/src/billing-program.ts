import { createAutotask } from '@trueup/autotask'
import {
  planRun,
  runBilling,
  VendorError,
  type Approval,
  type DatedReading,
  type Plan,
  type RunEvent,
  type RunRequest,
  type TenantId,
  type UsageReading,
} from '@trueup/core'
import type { MemoryJournal } from '@trueup/core/testing'
import { createSecurityCenter } from '@trueup/kaspersky'
import { createMortalParts, type Accident, type MortalParts, type Parts } from './mortal-parts.ts'
import { toAccountMappings, type Office } from './office.ts'
import type { Practice } from './practice.ts'

/** What outlives the program: in the product, its database. */
export interface Memory {
  readonly journal: MemoryJournal
  readonly readings: Map<TenantId, DatedReading[]>
  /** The virtual servers of the last complete list. */
  seen: ReadonlySet<string> | null
  /** What people said yes to. */
  approvals: Approval[]
}

/** One start of the program, from its first call to its end. */
export interface RunResult {
  /** `FAILED`: Autotask could not be read, and the run said so. */
  readonly ended: 'FINISHED' | 'FAILED' | 'DIED'
  readonly reason: string | null
  /** `null` when it ended before there was one. */
  readonly plan: Plan | null
  readonly events: readonly RunEvent[]
}

/** How the program is started. */
export interface Start {
  readonly practice: Practice
  readonly office: Office
  readonly memory: Memory
  readonly accident: Accident | null
  /** Puts something between the program and Autotask, to see that it is noticed. */
  readonly tamper?: ((parts: Parts) => Parts) | undefined
}

/** Reads usage, then bills, as one start of the program. Throws only what no program of ours may throw. */
export async function runProgram(start: Start): Promise<RunResult> {
  const events: RunEvent[] = []
  // Never twice at the same instant.
  await start.practice.clock.sleep(60_000)
  return await withParts(
    start,
    async (parts) => {
      await readUsage(parts, start)
      const approvals = start.office.approves
        ? await approveAll(parts, start)
        : start.memory.approvals
      const apply = start.office.approves ? 'APPROVED' : 'ALL'
      for await (const event of runBilling(parts, { ...requestOf(start), approvals, apply })) {
        events.push(event)
      }
    },
    events,
  )
}

async function withParts(
  { practice, memory, accident, tamper }: Start,
  work: (parts: MortalParts) => Promise<void>,
  events: readonly RunEvent[],
): Promise<RunResult> {
  const { connection } = practice.sandbox
  const { url, user, password, certificateSha256 } = practice.sandbox.securityCenter
  const { clock } = practice
  const ledger = createAutotask({ ...connection.autotask, clock })
  const trust = { kind: 'PIN', sha256: certificateSha256 } as const
  const source = createSecurityCenter({ url, credentials: { user, password }, trust, clock })
  const parts: Parts = { ledger, source, journal: memory.journal, clock }
  const mortal = createMortalParts(tamper?.(parts) ?? parts, accident)
  let reason: string | null = null
  const working = work(mortal).catch((error: unknown) => {
    if (!(error instanceof VendorError)) throw error
    reason = `${error.code}: ${error.message}`
  })
  try {
    await Promise.race([working, mortal.died])
    await mortal.settled()
  } finally {
    await ledger.close()
  }
  // A lock ends with whoever holds it.
  if (mortal.isDead()) memory.journal.dropLocks()
  const plan = events.find((event) => event.kind === 'reconciled')?.plan ?? null
  const ended = mortal.isDead() ? 'DIED' : reason === null ? 'FINISHED' : 'FAILED'
  return { ended, reason, plan, events }
}

/** Reads once and keeps what was read; a source that cannot be read leaves the older readings. */
async function readUsage(
  { source, clock }: MortalParts,
  { practice, memory }: Start,
): Promise<void> {
  let reading: UsageReading
  try {
    reading = await source.readUsage({})
  } catch (error) {
    if (error instanceof VendorError) return
    throw error
  }
  const takenAtMs = clock.nowMs()
  memory.seen = new Set(reading.tenants.map((tenant) => tenant.id))
  for (const one of reading.readings) {
    const known = memory.readings.get(one.tenant) ?? []
    const snapshotId = `${one.tenant}-${takenAtMs}`
    const dated = { snapshotId, usageDay: practice.day(), takenAtMs, reading: one }
    memory.readings.set(one.tenant, [...known.slice(-5), dated])
  }
}

/** A person who looks at the preview and approves all of it. */
async function approveAll(parts: MortalParts, start: Start): Promise<Approval[]> {
  const { plan } = await planRun(parts, requestOf(start))
  return plan.adjustments.map(({ key, effectiveDay, before, after }) => ({
    key,
    effectiveDay,
    before,
    after,
  }))
}

function requestOf({ practice, office, memory }: Start): RunRequest {
  return {
    day: practice.day(),
    settings: office.settings,
    accountMappings: toAccountMappings(office, memory.seen),
    serviceMappings: office.services,
    usage: [...memory.readings].map(([tenant, readings]) => ({ tenant, readings })),
    approvals: memory.approvals,
  }
}
