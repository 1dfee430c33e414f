import type { Day } from '@trueup/core'
import type { LicenceReport, LicenceReportProfile } from '@trueup/kaspersky'
import { readLicenceReport } from '@trueup/kaspersky'
import { dayAt } from '../../calendar.ts'
import type { Services } from '../../context.ts'
import type { Problem } from '../../problems.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'
import { integrationNotFound } from '../integration/integration-problems.ts'
import { chooseProfile, type ChosenProfile } from './choose-profile.ts'
import { compareTenants, isSuspicious, type TenantChange } from './compare-tenants.ts'
import { checkOrder } from './import-report.ts'
import type { ReportFile } from './report-file.ts'

/** What an import would do. */
export interface ReportPreview {
  readonly chosen: ChosenProfile
  /** Read to its end by the chosen profile; `null` where no profile is known. */
  readonly report: LicenceReport | null
  /** Beside the known workspaces; `null` when the report would not be taken even in part. */
  readonly change: TenantChange | null
  readonly mustExplainMissing: boolean
}

/** Reads a report without storing anything: its first rows, how it can be read, and what is wrong with it. */
export async function previewReport(
  services: Services,
  asked: {
    readonly integrationId: string
    readonly file: ReportFile
    readonly profile: LicenceReportProfile | null
    /** The day of a report that names none; `null`: today. */
    readonly reportDay: Day | null
  },
): Promise<{ readonly preview: ReportPreview | null; readonly problems: readonly Problem[] }> {
  const { integrationId, file } = asked
  const em = services.orm.em.fork()
  const integration = await em.findOne(IntegrationEntity, { id: integrationId })
  if (integration === null) return { preview: null, problems: [integrationNotFound(integrationId)] }
  const faults = checkOrder(integration, asked)
  if (faults.length > 0) return { preview: null, problems: faults }
  const chosen = await chooseProfile(integration, file, asked.profile)
  if (chosen.profile === null)
    return {
      preview: { chosen, report: null, change: null, mustExplainMissing: false },
      problems: [],
    }
  const report = await readLicenceReport(file.open(), chosen.profile, {
    receivedDay: asked.reportDay ?? dayAt(services.clock.nowMs(), integration.timeZone),
    acceptPartial: true,
    maxBytes: services.mostReportBytes,
  })
  const change =
    report.reading === null ? null : await compareTenants(em, integrationId, report.reading)
  const mustExplainMissing = change !== null && isSuspicious(change, report.mayBeCut)
  return { preview: { chosen, report, change, mustExplainMissing }, problems: [] }
}
