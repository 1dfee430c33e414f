import { hash } from 'node:crypto'
import type {
  ApplicationName,
  ApplicationUsage,
  TenantId,
  TenantListing,
  TenantReading,
  UsageReading,
  UsageUnit,
} from '@trueup/core'
import type { LicenceReportProblem, Row } from './problem.ts'
import { problemOf } from './problem.ts'
import type { LicenceRow } from './table/licence-row.ts'

/** Adds rows up to a reading. */
export interface ReportTally {
  /** What is wrong with the row beside those before it. */
  add(licence: LicenceRow, row: Row): readonly LicenceReportProblem[]
  /** A row of this company is wrong: the company has no reading. */
  spoil(company: string): void
  /** The sum of all quantities, counted or not: what a line of totals says. */
  readonly sum: number
  reading(): UsageReading
}

interface Company {
  readonly name: string
  readonly usage: Map<string, { quantity: number; readonly keys: Set<string> }>
  wrongRows: number
}

/** The reason of a company some of whose rows are wrong; it stands in docs/errors.md. */
const ROWS_WRONG = 'REPORT_ROWS_WRONG'

/** An empty tally. The companies are workspaces, known by their names. */
export function createReportTally(): ReportTally {
  const companies = new Map<string, Company>()
  const units = new Map<string, UsageUnit>()
  const seen = new Set<string>()
  let sum = 0

  function companyOf(name: string): Company {
    const found = companies.get(name) ?? { name, usage: new Map(), wrongRows: 0 }
    companies.set(name, found)
    return found
  }

  function add(licence: LicenceRow, row: Row): readonly LicenceReportProblem[] {
    const { application, quantity, unit } = licence
    const company = companyOf(licence.company)
    const code = isRepeated(licence, row) ? 'REPORT_ROW_REPEATED' : null
    const known = units.get(application) ?? unit
    if (known !== null) units.set(application, known)
    const differs = unit !== null && known !== unit ? 'REPORT_UNIT_DIFFERS' : null
    sum += quantity
    const wrong = code ?? differs
    if (wrong !== null) {
      return [problemOf(wrong, { row: row.number, value: `${licence.company}: ${application}` })]
    }
    if (licence.counts) addTo(company, licence)
    return []
  }

  /** The same licence twice, or two rows alike in everything, would be counted twice. */
  function isRepeated({ company, application, licenceId }: LicenceRow, row: Row): boolean {
    const identity = licenceId ?? row.cells
    // A digest, so that half a million rows stay small.
    const key = hash('sha1', JSON.stringify([company, application, identity]), 'base64url')
    if (seen.has(key)) return true
    seen.add(key)
    return false
  }

  function reading(): UsageReading {
    const sorted = [...companies.values()].toSorted((one, other) => compare(one.name, other.name))
    return {
      tenants: sorted.map(toListing),
      readings: sorted.map((company) => toReading(company, units)),
      applications: [...units]
        .toSorted(([one], [other]) => compare(one, other))
        .map(([name, unit]) => ({ name: name as ApplicationName, unit })),
    }
  }

  return {
    add,
    spoil: (company) => void (companyOf(company).wrongRows += 1),
    get sum() {
      return sum
    },
    reading,
  }
}

function addTo({ usage }: Company, { application, quantity, licenceId }: LicenceRow): void {
  const found = usage.get(application) ?? { quantity: 0, keys: new Set() }
  found.quantity += quantity
  if (licenceId !== null) found.keys.add(licenceId)
  usage.set(application, found)
}

function toListing({ name }: Company): TenantListing {
  return { id: name as TenantId, kind: 'WORKSPACE', name, isEnabled: true }
}

function toReading(company: Company, units: ReadonlyMap<string, UsageUnit>): TenantReading {
  const tenant = company.name as TenantId
  if (company.wrongRows > 0) {
    return { tenant, complete: false, reason: ROWS_WRONG, facts: { rows: company.wrongRows } }
  }
  const applications = [...company.usage]
    .toSorted(([one], [other]) => compare(one, other))
    .map(([application, { quantity, keys }]): ApplicationUsage => ({
      application: application as ApplicationName,
      unit: units.get(application) ?? 'DEVICE',
      quantity,
      keys: [...keys].toSorted(compare),
    }))
  return { tenant, complete: true, applications }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}
