import type { ReconcileInput } from '../../src/reconcile.ts'
import type { BrakeLimits, ServiceMapping } from '../../src/settings.ts'
import { NO_BRAKES } from '../../src/settings.ts'
import { aService, aServiceMapping, someSettings } from '../../src/testing/index.ts'
import { DEVICE_CATEGORIES } from '../../src/usage.ts'
import type { DeviceId, ServiceId } from '../../src/values/ids.ts'
import { toDecimal } from '../../src/values/money.ts'
import type { Draw } from './draw.ts'
import { drawn } from './draw.ts'
import {
  APPLICATIONS,
  PLAN_DAY,
  SERVICES,
  someCustomer,
  somePolicy,
  UNITS,
} from './some-customer.ts'

/** Anything a plan may be asked for: one to three customers with any rules. */
export const someInput = drawn((draw): ReconcileInput => {
  const settings = someSettings({
    effectiveDatePolicy: somePolicy(draw),
    billDevicesByCategory: draw.once(3),
    countUnknownAsWorkstation: draw.once(2),
    brakes: someBrakes(draw),
  })
  const serviceMappings = someMappings(draw)
  const count = 1 + draw.upTo(2)
  const customers = Array.from({ length: count }, (_, number) => someCustomer(draw, number))
  return {
    day: PLAN_DAY,
    settings,
    accountMappings: customers.map(({ mapping }) => mapping),
    serviceMappings,
    usage: customers.map(({ usage }) => usage),
    ledger: {
      contracts: customers.map(({ contract }) => contract),
      lines: customers.flatMap(({ lines }) => lines),
      unitPeriods: customers.flatMap(({ rows }) => rows),
      services: SERVICES.map((id) => {
        const unitPrice = id === 'service-b' ? null : toDecimal('3.3333')
        return aService({ id, name: id, isActive: id !== 'service-c', unitPrice })
      }),
    },
    lineRecords: customers.flatMap(({ records }) => records),
  }
})

/** The same input with every list in another order. */
export function shuffled(input: ReconcileInput, seed: number): ReconcileInput {
  const mix = <T>(list: readonly T[]): T[] =>
    list
      .map((value, index): [number, T] => [((index + 1) * (seed * 2 + 1)) % 101, value])
      .sort(([a], [b]) => a - b)
      .map(([, value]) => value)
  const { ledger } = input
  return {
    ...input,
    accountMappings: mix(input.accountMappings),
    serviceMappings: mix(input.serviceMappings),
    usage: mix(input.usage).map((one) => ({
      ...one,
      readings: mix(one.readings).map((dated) => {
        const { reading } = dated
        if (!reading.complete) return dated
        return { ...dated, reading: { ...reading, applications: mix(reading.applications) } }
      }),
    })),
    lineRecords: mix(input.lineRecords),
    ledger: {
      contracts: mix(ledger.contracts),
      lines: mix(ledger.lines),
      unitPeriods: mix(ledger.unitPeriods),
      services: mix(ledger.services),
    },
  }
}

function someMappings(draw: Draw): ServiceMapping[] {
  const isSplit = draw.once(2)
  return APPLICATIONS.flatMap((application) => {
    if (draw.once(5)) return []
    const counting = {
      basis: draw.pick(['CURRENT', 'CURRENT', 'PEAK', 'AVERAGE'] as const),
      includedUnits: draw.once(4) ? draw.upTo(5) : 0,
      minimumUnits: draw.once(4) ? draw.upTo(20) : 0,
      excludedDevices: draw.once(4) ? EXCLUDED : [],
    }
    const unit = UNITS[application as keyof typeof UNITS]
    const whole = aServiceMapping({ application, unit, service: someService(draw), counting })
    if (!isSplit || unit !== 'DEVICE') return [whole]
    const categories = DEVICE_CATEGORIES.filter(() => !draw.once(3))
    return [
      whole,
      ...categories.map((category) => ({ ...whole, category, service: someService(draw) })),
    ]
  })
}

/** One of each category, and one that nobody has. */
const EXCLUDED = ['WINDOWS_WORKSTATION-0', 'WINDOWS_SERVER-0', 'UNKNOWN-0', 'none'] as DeviceId[]

/** Sometimes one that has left the catalogue. */
function someService(draw: Draw): ServiceId {
  return draw.once(15) ? ('service-gone' as ServiceId) : draw.pick(SERVICES)
}

function someBrakes(draw: Draw): BrakeLimits {
  if (draw.once(3)) return NO_BRAKES
  return {
    lineUnits: draw.once(3) ? draw.upTo(20) : null,
    linePercent: draw.once(2) ? draw.upTo(100) : null,
    lineMoney: draw.once(3) ? toDecimal(String(draw.upTo(60))) : null,
    runUnits: draw.once(3) ? draw.upTo(40) : null,
    runPercent: draw.once(2) ? draw.upTo(30) : null,
    runMoney: draw.once(3) ? toDecimal(String(draw.upTo(90))) : null,
    holdDropToZero: draw.once(2),
    holdDoubled: draw.upTo(3) > 0,
  }
}
