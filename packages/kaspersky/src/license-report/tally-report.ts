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
import type { LicenceReportProblem, LicenceReportProblemCode, Row } from './problem.ts'
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
    const found = companies.get(name)
    if (found !== undefined) return found
    const company = { name: ownCopy(name), usage: new Map(), wrongRows: 0 }
    companies.set(company.name, company)
    return company
  }

  function add(licence: LicenceRow, row: Row): readonly LicenceReportProblem[] {
    const { application, quantity, unit } = licence
    const company = companyOf(licence.company)
    const known = units.get(application) ?? unit
    if (known !== null) units.set(application, known)
    sum += quantity
    const code = findConflict(company, licence, { row, known, seen })
    if (code === null && licence.counts) addTo(company, licence)
    return code === null
      ? []
      : [problemOf(code, { row: row.number, value: `${licence.company}: ${application}` })]
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

/** What is known when a row is held against those before it. */
interface Before {
  readonly row: Row
  /** The unit of the row's application. */
  readonly known: UsageUnit | null
  /** Digests of the rows without a licence id. */
  readonly seen: Set<string>
}

function findConflict(
  company: Company,
  licence: LicenceRow,
  { row, known, seen }: Before,
): LicenceReportProblemCode | null {
  if (licence.unit !== null && known !== licence.unit) return 'REPORT_UNIT_DIFFERS'
  const isRepeated = licence.counts && wasThere(company, licence, { row, seen })
  return isRepeated ? 'REPORT_ROW_REPEATED' : null
}

/** The same licence twice, or two rows alike in everything, would be counted twice. */
function wasThere(
  { usage }: Company,
  { application, licenceId }: LicenceRow,
  { row, seen }: Pick<Before, 'row' | 'seen'>,
): boolean {
  if (licenceId !== null) return usage.get(application)?.keys.has(licenceId) === true
  // A digest, so that half a million rows stay small.
  const key = hash('sha1', JSON.stringify(row.cells), 'base64url')
  if (seen.has(key)) return true
  seen.add(key)
  return false
}

function addTo({ usage }: Company, { application, quantity, licenceId }: LicenceRow): void {
  const found = usage.get(application) ?? { quantity: 0, keys: new Set() }
  found.quantity += quantity
  if (licenceId !== null) found.keys.add(ownCopy(licenceId))
  usage.set(application, found)
}

/** A part of a text keeps the whole text alive, here a piece of the file for each licence; a copy does not. */
function ownCopy(text: string): string {
  return Buffer.from(text).toString()
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
