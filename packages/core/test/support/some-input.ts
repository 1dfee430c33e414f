import type { ReconcileInput } from '../../src/reconcile.ts'
import type { BrakeLimits, ServiceMapping } from '../../src/settings.ts'
import { NO_BRAKES } from '../../src/settings.ts'
import { aService, aServiceMapping, someSettings } from '../../src/testing/index.ts'
import { toDecimal } from '../../src/values/money.ts'
import type { Draw } from './draw.ts'
import { drawn } from './draw.ts'
import { APPLICATIONS, PLAN_DAY, SERVICES, someCustomer, somePolicy } from './some-customer.ts'

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
      .map((value, index): [number, T] => [((index + 1) * (seed * 2 + 1)) % 9973, value])
      .sort(([a], [b]) => a - b)
      .map(([, value]) => value)
  const { ledger } = input
  return {
    ...input,
    accountMappings: mix(input.accountMappings),
    serviceMappings: mix(input.serviceMappings),
    usage: mix(input.usage).map((one) => ({ ...one, readings: mix(one.readings) })),
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
      minimumUnits: draw.once(4) ? draw.upTo(5) : 0,
    }
    const whole = aServiceMapping({ application, service: draw.pick(SERVICES), counting })
    if (!isSplit) return [whole]
    const workstations = { ...whole, category: 'WINDOWS_WORKSTATION' as const }
    const servers = { ...whole, category: 'WINDOWS_SERVER' as const, service: draw.pick(SERVICES) }
    return [whole, workstations, servers]
  })
}

function someBrakes(draw: Draw): BrakeLimits {
  if (draw.once(2)) return NO_BRAKES
  return {
    lineUnits: draw.once(3) ? draw.upTo(20) : null,
    linePercent: draw.once(3) ? draw.upTo(100) : null,
    lineMoney: draw.once(3) ? toDecimal(String(draw.upTo(60))) : null,
    runUnits: draw.once(3) ? draw.upTo(40) : null,
    runMoney: draw.once(3) ? toDecimal(String(draw.upTo(90))) : null,
    holdDropToZero: draw.once(2),
    holdDoubled: draw.once(2),
  }
}
