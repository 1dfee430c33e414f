import { nameContains, objectOf, toConnection } from './connection.ts'
import type { OfficeState } from './office.ts'

type Args = Record<string, unknown>

const systems = [
  { category: 'WINDOWS_WORKSTATION', operatingSystem: 'Microsoft Windows 11' },
  { category: 'WINDOWS_SERVER', operatingSystem: 'Microsoft Windows Server 2022' },
  { category: 'NON_WINDOWS', operatingSystem: 'macOS 15' },
  { category: null, operatingSystem: null },
] as const
const inUse = 24

/** The devices of any tenant: 24 in use of the world's first application, two of them new, and one that left. */
export function evidenceAnswers(state: OfficeState): Record<string, (args: Args) => unknown> {
  const application = state.world.applications[0]
  const uses = Array.from({ length: inUse + 1 }, (_, n) => buildUse(n, application))
  return {
    usageEvidence: ({ tenantId }) => {
      const tenant = state.world.tenants.find(({ id }) => id === tenantId)
      if (tenant === undefined) return null
      return {
        tenant,
        snapshot: {
          id: 'snapshot-22',
          takenAt: '2026-08-17T03:00:12.000Z',
          usageDay: '2026-08-17',
        },
        since: { id: 'snapshot-21', takenAt: '2026-08-16T03:00:12.000Z', usageDay: '2026-08-16' },
        incompleteBecause: null,
        counts: [toCount(application, uses.slice(0, inUse))],
        devices: (args: Args) => {
          const filter = objectOf(args['filter'])
          const found = uses.filter((use) => matches(use, filter))
          return toConnection(
            found.map((use) => ({ ...use, exclusion: exclusionOf(state, use) })),
            args,
          )
        },
      }
    },
    excludeDevice: (args) => {
      state.calls.push({ name: 'excludeDevice', args })
      const { applicationId, deviceId, reason } = objectOf(args['input'])
      state.exclusions.set(`${String(applicationId)}/${String(deviceId)}`, String(reason))
      return { exclusion: null, problems: [] }
    },
    includeDevice: (args) => {
      state.calls.push({ name: 'includeDevice', args })
      state.exclusions.delete(`${String(args['applicationId'])}/${String(args['deviceId'])}`)
      return { ok: true, problems: [] }
    },
  }
}

/** The devices that are not billed for an application of the pretend world. */
export function exclusionsOf(
  state: OfficeState,
  application: { id: string; name: string },
): object[] {
  return Array.from({ length: inUse + 1 }, (_, n) => buildUse(n, application)).flatMap(
    (use) => exclusionOf(state, use) ?? [],
  )
}

type Use = ReturnType<typeof buildUse>

function buildUse(n: number, application: { id: string; name: string } | undefined) {
  const { category, operatingSystem } = systems[n % systems.length] ?? systems[0]
  const left = n === inUse
  return {
    __typename: 'DeviceUse',
    id: `use-${n}`,
    deviceId: `6f1d9a${n}`,
    name: `PC-${String(n + 1).padStart(3, '0')}`,
    application,
    category,
    operatingSystem,
    keys: [n % 2 === 0 ? '1A2B-0001' : '1A2B-0002'],
    joinedDay: n < 2 ? '2026-08-17' : '2026-03-01',
    leftDay: left ? '2026-08-17' : null,
    change: changeOf(n),
  }
}

function changeOf(n: number): string {
  if (n === inUse) return 'LEFT'
  return n < 2 ? 'JOINED' : 'STAYED'
}

function matches(use: Use, filter: Args): boolean {
  const { changes, categories, key, application } = filter
  return (
    nameContains(use.name, filter['nameContains']) &&
    (Array.isArray(changes) ? changes.includes(use.change) : use.change !== 'LEFT') &&
    (!Array.isArray(categories) || categories.includes(use.category)) &&
    (typeof key !== 'string' || use.keys.includes(key)) &&
    (typeof application !== 'string' || use.application?.name === application)
  )
}

function exclusionOf(state: OfficeState, use: Use): object | null {
  const reason = state.exclusions.get(`${use.application?.id}/${use.deviceId}`)
  return reason === undefined
    ? null
    : {
        __typename: 'DeviceExclusion',
        deviceId: use.deviceId,
        deviceName: use.name,
        reason,
        excludedAt: '2026-08-17T09:00:00.000Z',
        excludedBy: 'admin',
      }
}

function toCount(application: object | undefined, uses: readonly Use[]): object {
  return {
    application,
    unit: 'DEVICE',
    quantity: uses.length,
    byCategory: systems.map(({ category }) => ({
      category,
      units: uses.filter((use) => use.category === category).length,
    })),
    keys: ['1A2B-0001', '1A2B-0002'],
  }
}
