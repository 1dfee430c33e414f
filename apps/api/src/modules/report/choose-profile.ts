import type { LicenceReportProfile, ProfileProposal } from '@trueup/kaspersky'
import { LEGACY_ENCODINGS, proposeProfile } from '@trueup/kaspersky'
import { fieldSubject, toProblem, type Problem } from '../../problems.ts'
import type { IntegrationRow } from '../integration/integration.entity.ts'
import type { ReportFile } from './report-file.ts'

/** Where a profile comes from. */
export type ProfileOrigin = 'GIVEN' | 'STORED' | 'PROPOSED'

/** How a file is read. */
export interface ChosenProfile {
  readonly profile: LicenceReportProfile | null
  readonly origin: ProfileOrigin
  /** What the file itself tells, whatever profile is used. */
  readonly proposal: ProfileProposal
}

/** The profile somebody gives, else the one that was confirmed, else what the file proposes. */
export async function chooseProfile(
  integration: IntegrationRow,
  file: ReportFile,
  given: LicenceReportProfile | null,
): Promise<ChosenProfile> {
  const proposal = await proposeProfile(file.open())
  if (given !== null) return { profile: given, origin: 'GIVEN', proposal }
  const stored = integration.reportProfile
  if (stored !== null) return { profile: stored, origin: 'STORED', proposal }
  return { profile: proposal.profile, origin: 'PROPOSED', proposal }
}

const MOST_TITLE_CHARACTERS = 200

/** What is wrong with a profile that somebody gives. */
export function checkProfile(profile: LicenceReportProfile): Problem[] {
  const reason = findFault(profile)
  if (reason === null) return []
  return [toProblem('REPORT_PROFILE_INVALID', fieldSubject('profile', 'Columns'), { reason })]
}

function findFault(profile: LicenceReportProfile): string | null {
  const titles = titlesOf(profile)
  if (profile.company.trim() === '') return 'the column of companies is missing'
  if (profile.application.trim() === '') return 'the column of applications is missing'
  if (profile.quantities.length === 0) return 'the column of quantities is missing'
  if (titles.some((title) => title.trim() === '')) return 'a title is empty'
  if (titles.some((title) => title.length > MOST_TITLE_CHARACTERS)) return 'a title is too long'
  if (new Set(titles).size < titles.length) return 'one column is chosen twice'
  if (!LEGACY_ENCODINGS.includes(profile.legacyEncoding)) return 'the code page is not known'
  return null
}

function titlesOf(profile: LicenceReportProfile): readonly string[] {
  const { unit, limit, status, type, expiry, reportDay, licenceId } = profile
  const optional = [unit, limit, status, type, expiry, reportDay, licenceId]
  return [
    profile.company,
    profile.application,
    ...profile.quantities.map(({ title }) => title),
    ...optional.filter((title) => title !== null),
  ]
}

/** The same text for the same profile, in whatever order a database gives its parts back. */
export function describeProfile(profile: LicenceReportProfile): string {
  const words = (of: Readonly<Record<string, string>>): unknown =>
    Object.entries(of).toSorted(([one], [other]) => (one < other ? -1 : 1))
  const { statusWords, typeWords, unitWords, quantities, ...plain } = profile
  return JSON.stringify([
    Object.entries(plain).toSorted(([one], [other]) => (one < other ? -1 : 1)),
    quantities.map(({ title, unit }) => [title, unit]),
    words(statusWords),
    words(typeWords),
    words(unitWords),
  ])
}
