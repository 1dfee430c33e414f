import type { LineRecord } from '../../src/history.ts'
import type { Contract, ContractService, UnitPeriod } from '../../src/ledger.ts'
import type { AccountMapping } from '../../src/settings.ts'
import { aContract, anAccountMapping, freshRecord } from '../../src/testing/index.ts'
import type { ApplicationUsage, DatedReading, DeviceUse, TenantUsage } from '../../src/usage.ts'
import type { Day } from '../../src/values/day.ts'
import { addDays, addMonths, toDay } from '../../src/values/day.ts'
import type {
  AccountId,
  ApplicationName,
  ContractId,
  DeviceId,
  LineId,
  ServiceId,
  TenantId,
} from '../../src/values/ids.ts'
import { toDecimal } from '../../src/values/money.ts'
import { listPeriods, periodOn } from '../../src/values/period.ts'
import type { Draw } from './draw.ts'

export const APPLICATIONS = ['Endpoint', 'Mail', 'Detection'] as ApplicationName[]
export const SERVICES = ['service-a', 'service-b', 'service-c'] as ServiceId[]
export const PLAN_DAY = toDay('2026-03-10')
/** What the applications are counted in; only devices have categories. */
export const UNITS = { Endpoint: 'DEVICE', Mail: 'MAILBOX', Detection: 'DEVICE' } as const
const POLICIES = ['PERIOD_START', 'NEXT_PERIOD', 'TODAY', 'ASYMMETRIC'] as const

/** One customer with everything it has. */
export interface Customer {
  readonly mapping: AccountMapping
  readonly contract: Contract
  readonly lines: readonly ContractService[]
  readonly rows: readonly UnitPeriod[]
  readonly records: readonly LineRecord[]
  readonly usage: TenantUsage
}

/** A customer in any state, among them states that should not occur. */
export function someCustomer(draw: Draw, number: number): Customer {
  const tenant = `tenant-${number}` as TenantId
  const contract = someContract(draw, number)
  const services = draw.some(SERVICES)
  const lines = services.map((service) => lineOf(contract, number, service))
  const parts = lines.map((line) => someLine(draw, contract, line))
  const [first] = lines
  const twin = first !== undefined && draw.once(5)
  return {
    mapping: anAccountMapping({
      tenant,
      tenantName: tenant,
      account: draw.once(40) ? null : contract.account,
      billingEnabled: !draw.once(40),
      contract: draw.once(40)
        ? null
        : draw.once(40)
          ? ('contract-gone' as ContractId)
          : contract.id,
      tenantVanished: draw.once(40),
      effectiveDatePolicy: draw.once(3) ? draw.pick(POLICIES) : null,
    }),
    contract,
    lines: twin ? [...lines, { ...first, id: `${first.id}-twin` as LineId }] : lines,
    rows: parts.flatMap(({ rows }) => rows),
    records: parts.flatMap(({ record }) => (record === null ? [] : [record])),
    usage: { tenant, readings: someReadings(draw, tenant) },
  }
}

/** Whole units, often none. */
function someUnits(draw: Draw): number {
  return draw.upTo(1) * draw.upTo(draw.pick([30, 9]))
}

/** One of the four date policies. */
export function somePolicy(draw: Draw): (typeof POLICIES)[number] {
  return draw.pick(POLICIES)
}

/** Starts whose day many months lack. */
const MONTH_ENDS = ['2026-01-31', '2025-12-30', '2025-11-29', '2024-02-29', '2025-08-31'] as const

function someContract(draw: Draw, number: number): Contract {
  const anyStart = addDays(PLAN_DAY, draw.once(20) ? 2 : -draw.upTo(500))
  const startDay = draw.once(5) ? toDay(draw.pick(MONTH_ENDS)) : anyStart
  const endDay = addDays(PLAN_DAY, draw.once(20) ? -2 : draw.upTo(500))
  return aContract({
    id: `contract-${number}` as ContractId,
    account: `account-${number}` as AccountId,
    isRecurringService: !draw.once(40),
    startDay,
    endDay: endDay < startDay ? startDay : endDay,
    periodMonths: draw.pick([1, 3, 6, 12]),
    isActive: !draw.once(4),
    renewedAs: draw.once(9) ? ('contract-new' as ContractId) : null,
  })
}

function lineOf(contract: Contract, number: number, service: ServiceId): ContractService {
  const id = `line-${number}-${service}` as LineId
  return { id, contract: contract.id, service, unitPrice: toDecimal('3.3333') }
}

/** A line's rows as Autotask may show them, and a record that may or may not agree with them. */
function someLine(
  draw: Draw,
  contract: Contract,
  line: ContractService,
): { rows: UnitPeriod[]; record: LineRecord | null } {
  const calendar = { ...contract, periodMonths: contract.periodMonths ?? 1 }
  const current = periodOn(calendar, PLAN_DAY)
  const through = addMonths(PLAN_DAY, 14)
  const periods =
    current === null ? [] : listPeriods(calendar, current.startDay, through).slice(0, 4)
  const first = someUnits(draw)
  const later = draw.once(2) ? someUnits(draw) : first
  const stepAt = draw.upTo(3)
  const posted = draw.upTo(1) * draw.upTo(2)
  const missing = draw.once(8) ? draw.upTo(2) : null
  const rows = periods.map(({ startDay, endDay }, index): UnitPeriod => ({
    line: line.id,
    startDay,
    endDay,
    units: index < stepAt ? first : later,
    price: null,
    postedDay: index < posted ? PLAN_DAY : null,
  }))
  const [opening] = rows
  const inside = opening === undefined ? null : addDays(opening.startDay, 1 + draw.upTo(26))
  if (opening !== undefined && inside !== null && inside <= opening.endDay && draw.once(6)) {
    rows.push({ ...opening, startDay: inside, units: later })
  }
  const kept = rows.filter((_, index) => index !== missing)
  const changed = rows[stepAt]?.startDay ?? contract.startDay
  return { rows: kept, record: someRecord(draw, line, { units: later, changed, contract }) }
}

/** What is on the line, from when on, and what that has to do with us. */
function someRecord(
  draw: Draw,
  line: ContractService,
  seen: { readonly units: number; readonly changed: Day; readonly contract: Contract },
): LineRecord | null {
  const { units, changed, contract } = seen
  if (draw.once(6)) return null
  const ownership = draw.pick(['OWNED', 'OWNED', 'OWNED', 'UNDECIDED', 'STOPPED'] as const)
  const written = draw.once(5) ? units + 1 : units
  const effectiveDay = draw.pick([contract.startDay, changed, PLAN_DAY])
  const knows = ownership === 'OWNED' && !draw.once(5)
  return {
    ...freshRecord(contract.id, line.service),
    line: draw.once(3) ? null : line.id,
    ordinal: draw.upTo(9),
    ownership,
    baselineUnits: draw.once(5) ? draw.upTo(10) - 5 : 0,
    confirmed: knows ? { units: written, effectiveDay } : null,
    unsettledKey: draw.once(20) ? 'unsettled' : null,
    lapsedInARow: draw.once(20) ? 2 : 0,
  }
}

function someReadings(draw: Draw, tenant: TenantId): DatedReading[] {
  const count = draw.once(30) ? 0 : 1 + (draw.once(2) ? draw.upTo(4) : 0)
  const newest = draw.once(30) ? -9 : -draw.upTo(1)
  return Array.from({ length: count }, (_, index): DatedReading => {
    const applications = draw.some(APPLICATIONS).map((name) => someUsage(draw, name))
    return {
      snapshotId: `snapshot-${tenant}-${index}`,
      usageDay: addDays(PLAN_DAY, index === 0 ? newest : 1 - draw.upTo(draw.pick([4, 40]))),
      takenAtMs: index === 0 ? 9 : draw.upTo(3),
      reading: draw.once(12)
        ? { tenant, complete: false, reason: 'CUT' }
        : { tenant, complete: true, applications },
    }
  })
}

/** Devices with their categories, and often by name; mailboxes as a number. */
function someUsage(draw: Draw, application: ApplicationName): ApplicationUsage {
  const unit = UNITS[application as keyof typeof UNITS]
  const keys = ['key-1']
  if (unit === 'MAILBOX') return { application, unit, quantity: draw.upTo(30), keys }
  const byCategory = {
    WINDOWS_WORKSTATION: draw.upTo(9),
    WINDOWS_SERVER: draw.upTo(9),
    NON_WINDOWS: draw.upTo(9),
    UNKNOWN: draw.once(3) ? draw.upTo(9) : 0,
  }
  const quantity = Object.values(byCategory).reduce((sum, part) => sum + part, 0)
  if (draw.once(3)) return { application, unit, quantity, byCategory, keys }
  return { application, unit, quantity, byCategory, keys, devices: devicesOf(byCategory) }
}

function devicesOf(byCategory: NonNullable<ApplicationUsage['byCategory']>): DeviceUse[] {
  const categories = ['WINDOWS_WORKSTATION', 'WINDOWS_SERVER', 'NON_WINDOWS', 'UNKNOWN'] as const
  return categories.flatMap((category) =>
    Array.from({ length: byCategory[category] }, (_, index): DeviceUse => {
      const name = `${category}-${index}`
      return { device: name as DeviceId, name, category, keys: ['key-1'] }
    }),
  )
}
