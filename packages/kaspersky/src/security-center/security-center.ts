import type {
  ApplicationName,
  ReadOptions,
  TenantId,
  TenantListing,
  TenantReading,
  UsageReading,
  UsageSource,
} from '@trueup/core'
import { invariant, makeFinding, VendorError } from '@trueup/core'
import type { ConnectionCheck } from './connection-test.ts'
import { runConnectionTest } from './connection-test.ts'
import type { SecurityCenterOptions } from './options.ts'
import { DEFAULT_LIMITS, DEFAULT_PAGE_SIZE, SYSTEM_CLOCK } from './options.ts'
import { openChannel } from './protocol/channel.ts'
import type { Session } from './protocol/session.ts'
import { isSignInRefusal, withSession } from './protocol/session.ts'
import { parseServerUrl } from './protocol/trust.ts'
import type { KeyTotals } from './reading/key-totals.ts'
import { createKeyTotals } from './reading/key-totals.ts'
import { readPerServer } from './reading/per-server-plan.ts'
import type { PlanOptions, ServerOutcome } from './reading/plan.ts'
import { billableApplications, toDoubt } from './reading/plan.ts'
import type { VirtualServer } from './reading/virtual-servers.ts'
import { readVirtualServers } from './reading/virtual-servers.ts'
import type { WideReading } from './reading/wide-plan.ts'
import { readWide } from './reading/wide-plan.ts'

/** A Kaspersky Security Center as a source of usage: its virtual servers are the tenants. */
export interface SecurityCenter extends UsageSource {
  /**
   * Looks at everything a reading needs, one check after the other up to the first that fails. Throws nothing:
   * failures are checks that are not ok.
   */
  testConnection(options?: ReadOptions): Promise<readonly ConnectionCheck[]>
}

/**
 * A client of the KSC Open API. It only reads. After a refused sign-in it never signs in again: repeated
 * refusals block the account, so new credentials take a new client.
 */
export function createSecurityCenter(options: SecurityCenterOptions): SecurityCenter {
  const address = parseServerUrl(options.url)
  const clock = options.clock ?? SYSTEM_CLOCK
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const trust = options.trust ?? { kind: 'SYSTEM' }
  let refusal: VendorError | null = null

  async function inSession<T>(
    signal: ReadOptions['signal'],
    virtualServer: string | null,
    work: (session: Session) => Promise<T>,
  ): Promise<T> {
    if (refusal !== null) throw refusal
    const channel = openChannel(address, trust, limits)
    try {
      const { credentials } = options
      const server = virtualServer === null ? {} : { virtualServer }
      return await withSession(channel, { credentials, clock, signal, ...server }, work)
    } catch (error) {
      // Refused by one virtual server, the account may still be good for the main one.
      if (virtualServer === null && isSignInRefusal(error) && error instanceof VendorError) {
        refusal = error
      }
      throw error
    } finally {
      await channel.close()
    }
  }

  let thoroughAtMs: number | null = null
  const isThoroughDue = (): boolean =>
    options.thoroughEveryMs !== undefined &&
    (thoroughAtMs === null || clock.nowMs() - thoroughAtMs >= options.thoroughEveryMs)

  const planOptions = (isThorough: boolean): PlanOptions => ({
    keys: { countOem: false, countSoftCancelled: false, ...options.counting },
    pageSize: options.pageSize ?? DEFAULT_PAGE_SIZE,
    nowMs: clock.nowMs(),
    isThorough,
  })

  return {
    readTenants: ({ signal }) =>
      inSession(signal, null, async (main) => (await readVirtualServers(main)).map(toListing)),
    readUsage: async ({ signal }) => {
      const isThorough = isThoroughDue()
      const reading = await inSession(signal, null, (main) =>
        readAll(main, {
          plan: options.plan ?? 'DETECT',
          options: planOptions(isThorough),
          withServer: (header, work) => inSession(signal, header, work),
        }),
      )
      if (isThorough) thoroughAtMs = clock.nowMs()
      return reading
    },
    testConnection: ({ signal } = {}) =>
      runConnectionTest({
        url: options.url,
        timeoutMs: limits.connectTimeoutMs,
        options: planOptions(false),
        inMainSession: (work) => inSession(signal, null, work),
      }),
  }
}

interface ReadingParts {
  readonly plan: 'DETECT' | 'PER_SERVER'
  readonly options: PlanOptions
  readonly withServer: <T>(header: string, work: (session: Session) => Promise<T>) => Promise<T>
}

/** The wide plan first; then, one by one, the virtual servers it could not count with certainty. */
async function readAll(main: Session, parts: ReadingParts): Promise<UsageReading> {
  const servers = await readVirtualServers(main)
  const totals = createKeyTotals(main)
  const wide = await tryWide(main, servers, { parts, totals })
  const doubted = servers.filter(({ id }) => wide?.outcomes.get(id)?.kind !== 'COUNTED')
  const single = await readPerServer(doubted, {
    servers,
    main,
    withServer: parts.withServer,
    options: parts.options,
    placeOf: wide?.placeOf ?? (() => null),
    totalOf: async (serial, serverId) => {
      const key = wide?.keys.find((one) => one.serial === serial)
      const byServer = key === undefined ? null : await totals.byServer(key)
      return byServer === null ? null : (byServer.get(serverId) ?? 0)
    },
  })
  const names = new Set([
    ...billableApplications(wide?.keys ?? [], parts.options),
    ...single.applications,
  ])
  return {
    tenants: servers.map(toListing),
    readings: servers.map(({ id, uid }) =>
      toReading(uid as TenantId, single.outcomes.get(id), wide?.outcomes.get(id)),
    ),
    applications: [...names]
      .toSorted()
      .map((name) => ({ name: name as ApplicationName, unit: 'DEVICE' })),
    findings: [...(wide?.ofNoTenant ?? [])].map(([name, devices]) =>
      makeFinding('DEVICES_OF_NO_TENANT', { kind: 'APPLICATION', id: name, name }, { devices }),
    ),
  }
}

/** `null` where the main session cannot be used for all virtual servers; each is then read by itself. */
async function tryWide(
  main: Session,
  servers: readonly VirtualServer[],
  { parts, totals }: { parts: ReadingParts; totals: KeyTotals },
): Promise<WideReading | null> {
  if (parts.plan === 'PER_SERVER') return null
  try {
    return await readWide(main, servers, { options: parts.options, totals })
  } catch (error) {
    // Throws on what ends the whole reading; any other failure shows again, and is told, in the single sessions.
    toDoubt(error, 'MAIN')
    return null
  }
}

/** What its own session says of a virtual server goes before what the wide reading says. */
function toReading(
  tenant: TenantId,
  single: ServerOutcome | undefined,
  wide: ServerOutcome | undefined,
): TenantReading {
  const outcome = single ?? wide
  invariant(outcome !== undefined, 'every virtual server has an outcome', { tenant })
  if (outcome.kind === 'COUNTED') {
    return { tenant, complete: true, applications: outcome.applications }
  }
  const { code, facts } = outcome.doubt
  // Why it was read by itself at all helps to find the cause.
  const before =
    wide?.kind === 'DOUBTED' && wide !== outcome ? { wideReading: wide.doubt.code } : {}
  return { tenant, complete: false, reason: code, facts: { ...facts, ...before } }
}

function toListing(server: VirtualServer): TenantListing {
  return {
    id: server.uid as TenantId,
    kind: 'VIRTUAL_SERVER',
    name: server.name,
    isEnabled: server.isEnabled,
  }
}
