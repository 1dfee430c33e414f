import { Readable } from 'node:stream'
import type { Day } from '@trueup/core'
import type { LicenceReport, LicenceReportProfile, ReadReportOptions } from '../src/index.ts'
import { PROFILE_DEFAULTS, readLicenceReport } from '../src/index.ts'

/** The day on which reports of tests are received. */
export const RECEIVED = '2026-06-15' as Day

/** How the reports that tests write by hand are read. */
export const PROFILE: LicenceReportProfile = {
  ...PROFILE_DEFAULTS,
  company: 'Company',
  application: 'Application',
  quantities: [{ title: 'Used', unit: null }],
  unit: 'Unit',
  limit: 'Limit',
  status: 'Status',
  type: 'Type',
  expiry: 'Expires',
  reportDay: null,
  licenceId: 'Licence',
}

const HEADER = 'Company;Application;Used;Unit;Limit;Status;Type;Expires;Licence'

/** A report with these rows under the usual header. */
export function reportOf(...rows: readonly string[]): string {
  return [HEADER, ...rows, ''].join('\r\n')
}

/** Reads a text, or bytes, in small pieces. */
export function read(
  content: string | Buffer,
  options: Partial<ReadReportOptions> & { profile?: Partial<LicenceReportProfile> } = {},
): Promise<LicenceReport> {
  const profile = { ...PROFILE, ...options.profile }
  return readLicenceReport(inPieces(content), profile, { receivedDay: RECEIVED, ...options })
}

/** The bytes of a file as a stream delivers them. */
export function inPieces(content: string | Buffer, pieceBytes = 4_096): Readable {
  const bytes = Buffer.from(content)
  function* pieces(): Generator<Buffer> {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
  }
  return Readable.from(pieces())
}

/** `company / application: quantity unit`, sorted; what is 0 is left out. `null` for a refused report. */
export function countsOf({ reading }: LicenceReport): readonly string[] | null {
  if (reading === null) return null
  return reading.readings
    .flatMap((one) => {
      if (!one.complete) return [`${one.tenant}: ${one.reason}`]
      return one.applications
        .filter(({ quantity }) => quantity > 0)
        .map(
          ({ application, quantity, unit }) =>
            `${one.tenant} / ${application}: ${quantity} ${unit}`,
        )
    })
    .toSorted()
}

/** Problems as code, row and column. */
export function problemsOf({ problems }: LicenceReport) {
  return problems.map(({ code, row, column }) => [code, row, column] as const)
}
