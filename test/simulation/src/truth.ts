import type { LineState, SandboxState, UnitPeriodState } from '@trueup/sandbox'
import { lineName, policyOf, type Customer, type Office } from './office.ts'

/** Months of Autotask's billing periods, by their picklist value. */
const PERIOD_MONTHS: Readonly<Record<number, number>> = { 2: 1, 3: 3, 4: 6, 5: 12 }
const MONTH_MS = 31 * 86_400_000

/** A line and the units it should carry, worked out from the practice world alone: no code of Trueup has a say in it. */
export interface ExpectedLine {
  readonly name: string
  readonly customer: Customer
  readonly units: number
  /** The line as Autotask has it; `null` while it has none. */
  readonly line: LineState | null
}

/** Every line that should be billed today, with what it should carry. */
export function expectLines(state: SandboxState, office: Office): ExpectedLine[] {
  const billable = office.customers.filter((customer) => isBillable(state, customer))
  const services = new Set(office.services.map((mapping) => mapping.service))
  return billable.flatMap((customer) =>
    [...services].flatMap((service): ExpectedLine[] => {
      const name = lineName(customer.contract ?? '', service)
      if (office.stopped.has(name)) return []
      const line =
        state.lines.find((one) => lineName(one.contractID, one.serviceID) === name) ?? null
      const counted = countUnits(state, office, { tenant: customer.tenant, service })
      // Units that were there before, of something nobody uses: nobody has ever been asked about them.
      if (counted === 0 && !wasTouched(state, office, { name, line })) return []
      const units = Math.max(0, counted + (office.baselines.get(name) ?? 0))
      return [{ name, customer, units, line }]
    }),
  )
}

/** Distinct devices of all applications that are mapped onto a service. */
export function countUnits(
  state: SandboxState,
  { services, settings }: Office,
  { tenant, service }: { tenant: string; service: string },
): number {
  const mappings = services.filter((mapping) => mapping.service === service)
  const rows = state.usage.filter((row) => row.virtualServerUid === tenant)
  return mappings
    .flatMap((mapping) =>
      rows
        .filter((row) => row.application === mapping.application)
        .filter(({ category }) => {
          if (mapping.category === null || mapping.category === category) return true
          const isWorkstation = mapping.category === 'WINDOWS_WORKSTATION'
          return isWorkstation && category === 'UNKNOWN' && settings.countUnknownAsWorkstation
        }),
    )
    .reduce((sum, row) => sum + row.devices, 0)
}

/**
 * The rows of a line on which the right units must stand: those of whole billing periods that are not posted and begin
 * after today, and the running period's where the policy says so and nobody changed units inside it.
 */
export function decisiveRows(
  state: SandboxState,
  office: Office,
  { line, customer }: ExpectedLine,
): UnitPeriodState[] {
  const open = (line?.unitPeriods ?? []).filter((row) => row.kind === 'period' && !row.posted)
  const changes = (line?.unitPeriods ?? []).filter((row) => row.kind === 'change')
  return open.filter((row) => {
    if (row.startDate > state.day) return true
    const isRunning = row.endDate >= state.day && policyOf(office, customer) === 'PERIOD_START'
    return (
      isRunning &&
      !changes.some((change) => change.startDate > row.startDate && change.startDate <= row.endDate)
    )
  })
}

/** Whether the contract has a period that begins after today: every policy can bill that one. */
export function hasPeriodAhead(state: SandboxState, { customer }: ExpectedLine): boolean {
  const contract = state.contracts.find(({ id }) => id === customer.contract)
  const months = PERIOD_MONTHS[contract?.contractPeriodType ?? 0] ?? 12
  return (
    contract !== undefined &&
    Date.parse(contract.endDate) - Date.parse(state.day) > months * MONTH_MS
  )
}

function isBillable(state: SandboxState, customer: Customer): boolean {
  const contract = state.contracts.find(({ id }) => id === customer.contract)
  const isThere = state.virtualServers.some(({ uid }) => uid === customer.tenant)
  return (
    isThere &&
    contract !== undefined &&
    contract.startDate <= state.day &&
    contract.endDate >= state.day
  )
}

function wasTouched(
  state: SandboxState,
  office: Office,
  { name, line }: { name: string; line: LineState | null },
): boolean {
  const byApi = state.adjustments.some(({ by, lineID }) => by === 'api' && lineID === line?.id)
  return byApi || office.baselines.has(name)
}
