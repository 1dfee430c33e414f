import type { Clock, TenantReading, UsageReading } from '@trueup/core'
import type { CountingOptions, Sandbox, SandboxOptions } from '@trueup/sandbox'
import { createSandbox, usageTruth } from '@trueup/sandbox'
import type { SecurityCenter, SecurityCenterOptions } from '../src/index.ts'
import { createSecurityCenter } from '../src/index.ts'

/** Virtual servers of a practice world unless a test says otherwise. */
export const VIRTUAL_SERVERS = 8

/** A practice world small enough to be read hundreds of times in a few seconds. */
export function openPractice(options: SandboxOptions = {}): Promise<Sandbox> {
  return createSandbox({
    virtualServers: VIRTUAL_SERVERS,
    devices: 200,
    day: '2026-06-15',
    ...options,
  })
}

/** The sandbox's clock, on which nobody waits. */
function practiceClock(sandbox: Sandbox): Clock {
  return { nowMs: () => sandbox.world.clock.now().getTime(), sleep: async () => undefined }
}

/** A client of the sandbox that trusts its certificate by pin. */
export function connect(
  sandbox: Sandbox,
  options: Partial<SecurityCenterOptions> = {},
): SecurityCenter {
  const { url, user, password, certificateSha256 } = sandbox.securityCenter
  return createSecurityCenter({
    url,
    credentials: { user, password },
    trust: { kind: 'PIN', sha256: certificateSha256 },
    clock: practiceClock(sandbox),
    ...options,
  })
}

/** What people do to a virtual server in the console: another display name. */
export function rename(sandbox: Sandbox, from: string, to: string): void {
  const { security } = sandbox.world
  security.virtualServers = security.virtualServers.map((server) =>
    server.name === from ? { ...server, name: to } : server,
  )
  security.revision += 1
}

/** Counts as `tenant / application / category: devices`, sorted. */
export type Counts = readonly string[]

/** What the world's own truth says that a reading has to say. */
export function trueCounts(sandbox: Sandbox, options: CountingOptions = {}): Counts {
  return usageTruth(sandbox.world.security, sandbox.world.clock.now(), options)
    .map((row) => line(row.virtualServerUid, [row.application, row.category, String(row.devices)]))
    .toSorted()
}

/** Distinct devices by application of one virtual server, whatever their category. */
export function quantitiesOf(sandbox: Sandbox, uid: string): Record<string, number> {
  const quantities: Record<string, number> = {}
  for (const { virtualServerUid, application, devices } of sandbox.state().usage) {
    if (virtualServerUid !== uid) continue
    quantities[application] = (quantities[application] ?? 0) + devices
  }
  return quantities
}

/** What complete readings say. */
export function readCounts(reading: UsageReading): Counts {
  return reading.readings.flatMap((one) => countsOf(one)).toSorted()
}

/** Tenants whose complete reading says something else than the truth; there must never be one. */
export function wrongTenants(sandbox: Sandbox, reading: UsageReading): readonly string[] {
  const truth = trueCounts(sandbox)
  return reading.readings
    .filter((one) => one.complete)
    .filter((one) => {
      const expected = truth.filter((count) => count.startsWith(`${one.tenant} `))
      return countsOf(one).toSorted().join('\n') !== expected.join('\n')
    })
    .map((one) => one.tenant)
}

/** How many tenants are incomplete for which reason. */
export function incompleteReasons(reading: UsageReading): Record<string, number> {
  const reasons: Record<string, number> = {}
  for (const one of reading.readings) {
    if (!one.complete) reasons[one.reason] = (reasons[one.reason] ?? 0) + 1
  }
  return reasons
}

/** Sessions begun and sessions ended. */
export function sessionCounts(sandbox: Sandbox): { started: number; ended: number } {
  const { byOperation } = sandbox.calls()
  return {
    started: byOperation['securityCenter.Session.StartSession'] ?? 0,
    ended: byOperation['securityCenter.Session.EndSession'] ?? 0,
  }
}

function countsOf(reading: TenantReading): string[] {
  if (!reading.complete) return []
  return reading.applications.flatMap(({ application, byCategory = {} }) =>
    Object.entries(byCategory)
      .filter(([, devices]) => devices > 0)
      .map(([category, devices]) => line(reading.tenant, [application, category, String(devices)])),
  )
}

function line(tenant: string, [application, category, devices]: readonly string[]): string {
  return `${tenant} / ${application} / ${category}: ${devices}`
}
