import { computed, type ComputedRef, ref, type Ref } from 'vue'
import { type Action, useAction } from '../../composables/useAction.ts'
import {
  ImportReportDocument,
  type ImportReportMutation,
  type LicenceReportProfileInput,
  PreviewReportDocument,
  type PreviewReportMutation,
  type PreviewReportMutationVariables,
  type ReportPreviewFragment,
} from '../../gql/graphql.ts'
import type { Failure } from '../problem/failure.ts'
import type { ShownProblem } from '../problem/problem.ts'
import { emptyProfile, isComplete, toProfileInput } from './profile-draft.ts'

/** What became of a workspace that is not in the report: gone, or called like this now. */
export const gone = '\u0000gone'

/** One report on its way in: the file, how it is read, and what a person has said about it. */
export interface ReportImport {
  readonly file: Ref<File | null>
  readonly preview: Ref<ReportPreviewFragment | null>
  readonly profile: Ref<LicenceReportProfileInput>
  readonly acceptPartial: Ref<boolean>
  /** By the name of the missing workspace. */
  readonly fates: Ref<ReadonlyMap<string, string>>
  /** What a person says is the day of a report that names none; null: today. */
  readonly day: Ref<string | null>
  readonly canImport: ComputedRef<boolean>
  readonly busy: ComputedRef<boolean>
  readonly problems: ComputedRef<readonly ShownProblem[]>
  readonly failure: ComputedRef<Failure | null>
  choose(file: File | null): Promise<void>
  readBy(profile: LicenceReportProfileInput): Promise<void>
  readAsOf(day: string): Promise<void>
  /** Answers what was imported, null when it was refused. */
  run(): Promise<ImportReportMutation['importLicenceReport'] | null>
}

interface Look {
  readonly file: Ref<File | null>
  readonly preview: Ref<ReportPreviewFragment | null>
  readonly profile: Ref<LicenceReportProfileInput>
  readonly day: Ref<string | null>
  readonly action: Pick<
    Action<PreviewReportMutation, PreviewReportMutationVariables>,
    'busy' | 'problems' | 'failure'
  >
  choose(file: File | null): Promise<void>
  readBy(profile: LicenceReportProfileInput): Promise<void>
  readAsOf(day: string): Promise<void>
}

/** Looks at a file as often as its reading changes. */
function useLook(integrationId: () => string): Look {
  const file = ref<File | null>(null)
  const preview = ref<ReportPreviewFragment | null>(null)
  const profile = ref(emptyProfile())
  const day = ref<string | null>(null)
  const action = useAction(PreviewReportDocument, (data) => data.previewLicenceReport.problems)

  async function look(given: LicenceReportProfileInput | null): Promise<void> {
    if (file.value === null) return
    const data = await action.run({
      integrationId: integrationId(),
      file: { upload: file.value },
      profile: given,
      reportDay: day.value,
    })
    const seen = data?.previewLicenceReport.preview ?? null
    preview.value = seen ?? (given === null ? null : preview.value)
    if (seen?.profile) profile.value = toProfileInput(seen.profile)
  }

  async function choose(chosen: File | null): Promise<void> {
    file.value = chosen
    preview.value = null
    profile.value = emptyProfile()
    day.value = null
    action.forget()
    await look(null)
  }

  async function readBy(changed: LicenceReportProfileInput): Promise<void> {
    profile.value = changed
    if (isComplete(changed)) await look(changed)
  }

  /** What is in force on that day counts, so the report is read anew. */
  async function readAsOf(said: string): Promise<void> {
    day.value = said === '' ? null : said
    await look(profile.value)
  }

  return { file, preview, profile, day, action, choose, readBy, readAsOf }
}

/** Takes a report from its file to its import. */
export function useReportImport(integrationId: () => string): ReportImport {
  const { file, preview, profile, day, action: looking, ...look } = useLook(integrationId)
  const acceptPartial = ref(false)
  const fates = ref<ReadonlyMap<string, string>>(new Map())
  const importing = useAction(ImportReportDocument, (data) => data.importLicenceReport.problems)

  async function choose(chosen: File | null): Promise<void> {
    acceptPartial.value = false
    fates.value = new Map()
    importing.forget()
    await look.choose(chosen)
  }

  async function readBy(changed: LicenceReportProfileInput): Promise<void> {
    importing.forget()
    await look.readBy(changed)
  }

  async function readAsOf(said: string): Promise<void> {
    importing.forget()
    await look.readAsOf(said)
  }

  async function run(): Promise<ImportReportMutation['importLicenceReport'] | null> {
    if (file.value === null) return null
    const renames = [...fates.value].flatMap(([from, to]) => (to === gone ? [] : [{ from, to }]))
    const data = await importing.run({
      integrationId: integrationId(),
      input: {
        file: { upload: file.value },
        profile: profile.value,
        reportDay: preview.value?.reading?.namesDay === false ? day.value : null,
        acceptRowsWithProblems: acceptPartial.value,
        acceptMissing: preview.value?.mustExplainMissing === true,
        renames,
      },
    })
    if (data === null) return null
    await choose(null)
    return data.importLicenceReport
  }

  return {
    file,
    preview,
    profile,
    acceptPartial,
    fates,
    day,
    canImport: computed(
      () => !looking.busy.value && isDecided(preview.value, acceptPartial.value, fates.value),
    ),
    busy: computed(() => looking.busy.value || importing.busy.value),
    problems: computed(() => [...looking.problems.value, ...importing.problems.value]),
    failure: computed(() => looking.failure.value ?? importing.failure.value),
    choose,
    readBy,
    readAsOf,
    run,
  }
}

/** Whether everything has been said that an import needs. */
function isDecided(
  preview: ReportPreviewFragment | null,
  acceptPartial: boolean,
  fates: ReadonlyMap<string, string>,
): boolean {
  const reading = preview?.reading
  if (!preview || !reading) return false
  const isRight = reading.rowProblemCount === 0
  if (!isRight && !(reading.canAcceptPartial && acceptPartial)) return false
  return !preview.mustExplainMissing || preview.missing.every(({ name }) => fates.has(name))
}
