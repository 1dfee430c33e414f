import type { UsageReading, UsageSource } from '@trueup/core'
import { VendorError } from '@trueup/core'
import type { ReportBytes } from './file/bytes.ts'
import type { LicenceReportProfile } from './profile.ts'
import type { ReadReportOptions } from './read-licence-report.ts'
import { readLicenceReport } from './read-licence-report.ts'

/** Where the newest report of an integration lies, and how it is read. */
export interface LicenceReportSourceOptions extends ReadReportOptions {
  /** Opens the newest report from its beginning. */
  readonly open: () => Promise<ReportBytes> | ReportBytes
  readonly profile: LicenceReportProfile
}

/**
 * Licence reports as a source of usage: each reading reads the newest one. Throws {@link VendorError}
 * `REPORT_REFUSED` when it is not accepted.
 */
export function createLicenceReportSource(options: LicenceReportSourceOptions): UsageSource {
  async function readUsage(): Promise<UsageReading> {
    const report = await readLicenceReport(await options.open(), options.profile, options)
    if (report.reading !== null) return report.reading
    const [first] = report.problems
    throw new VendorError({
      vendor: 'kaspersky-licence-report',
      operation: 'readLicenceReport',
      code: 'REPORT_REFUSED',
      message: `The licence report has ${report.problemCount} problems, the first is ${first?.code}.`,
      retryable: false,
      facts: {
        problems: report.problemCount,
        first: first?.code ?? null,
        row: first?.row ?? null,
        column: first?.column ?? null,
      },
    })
  }

  return { readUsage, readTenants: async () => (await readUsage()).tenants }
}
