import type {
  DayOrder,
  DecimalMark,
  LicenceReportProfileInput,
  ReportChoice,
  ReportProfileFragment,
  RowProblemFragment,
  UsageUnit,
} from '../../gql/graphql.ts'

/** A column that a profile names by its title. */
export type ColumnField =
  | 'company'
  | 'application'
  | 'quantity'
  | 'unit'
  | 'limit'
  | 'status'
  | 'type'
  | 'expiry'
  | 'reportDay'
  | 'licenceId'

/** What is asked for each column; those that are needed come first. */
export const columnFields: readonly {
  readonly field: ColumnField
  readonly label: string
  readonly needed: boolean
}[] = [
  { field: 'company', label: 'Company', needed: true },
  { field: 'application', label: 'Application', needed: true },
  { field: 'quantity', label: 'Used quantity', needed: true },
  { field: 'unit', label: 'Unit', needed: false },
  { field: 'limit', label: 'Limit', needed: false },
  { field: 'status', label: 'Status', needed: false },
  { field: 'type', label: 'Type of licence', needed: false },
  { field: 'expiry', label: 'Last day', needed: false },
  { field: 'reportDay', label: 'Day of the report', needed: false },
  { field: 'licenceId', label: 'Licence id', needed: false },
]

/** Choices of how text is read. */
export const units: readonly { value: UsageUnit; label: string }[] = [
  { value: 'DEVICE', label: 'Devices' },
  { value: 'USER', label: 'Users' },
  { value: 'MAILBOX', label: 'Mailboxes' },
]
export const decimalMarks: readonly { value: DecimalMark; label: string }[] = [
  { value: 'COMMA', label: '1.234,00' },
  { value: 'POINT', label: '1,234.00' },
]
export const dayOrders: readonly { value: DayOrder; label: string }[] = [
  { value: 'DMY', label: '31.01.2026 (day first)' },
  { value: 'MDY', label: '1/31/2026 (month first)' },
  { value: 'YMD', label: '2026-01-31 (year first)' },
]
export const codePages: readonly { value: string; label: string }[] = [
  { value: 'windows-1252', label: 'Western Europe (1252)' },
  { value: 'windows-1250', label: 'Central Europe (1250)' },
  { value: 'windows-1251', label: 'Cyrillic (1251)' },
  { value: 'windows-1253', label: 'Greek (1253)' },
  { value: 'windows-1254', label: 'Turkish (1254)' },
  { value: 'windows-1257', label: 'Baltic (1257)' },
]

/** What a file leaves open, as a request to a person. */
export const openWords: Readonly<Record<ReportChoice, string>> = {
  DAY_ORDER: 'whether the day or the month comes first',
  DECIMAL_MARK: 'whether a mark groups digits or stands before decimals',
  LEGACY_ENCODING: 'for which countries its letters are written',
  DEFAULT_UNIT: 'whether devices, users or mailboxes are counted',
}

type Draft = LicenceReportProfileInput

/** A profile without any column, for a header that nobody knows. */
export function emptyProfile(): Draft {
  return {
    company: '',
    application: '',
    quantities: [],
    unit: null,
    limit: null,
    status: null,
    type: null,
    expiry: null,
    reportDay: null,
    licenceId: null,
    defaultUnit: 'DEVICE',
    decimalMark: 'COMMA',
    dayOrder: 'DMY',
    legacyEncoding: 'windows-1252',
    words: [],
  }
}

/** A profile as it is sent back. */
export function toProfileInput(profile: ReportProfileFragment): Draft {
  const { quantities, words } = profile
  return {
    company: profile.company,
    application: profile.application,
    quantities: quantities.map(({ title, unit }) => ({ title, unit: unit ?? null })),
    unit: profile.unit ?? null,
    limit: profile.limit ?? null,
    status: profile.status ?? null,
    type: profile.type ?? null,
    expiry: profile.expiry ?? null,
    reportDay: profile.reportDay ?? null,
    licenceId: profile.licenceId ?? null,
    defaultUnit: profile.defaultUnit,
    decimalMark: profile.decimalMark,
    dayOrder: profile.dayOrder,
    legacyEncoding: profile.legacyEncoding,
    words: words.map(({ word, status, type, unit }) => ({
      word,
      status: status ?? null,
      type: type ?? null,
      unit: unit ?? null,
    })),
  }
}

/** What a select without a choice holds; a select knows no null. */
export const noColumn = '\u0000none'
/** Stands for several columns of quantities, one for each unit. */
export const byUnit = '\u0000by unit'

/** The title that is chosen for a field. */
export function columnOf(profile: Draft, field: ColumnField): string {
  if (field !== 'quantity') return profile[field] || noColumn
  const [first, second] = profile.quantities
  if (first === undefined) return noColumn
  return second === undefined ? first.title : byUnit
}

/** The profile with another column for a field. */
export function withColumn(profile: Draft, field: ColumnField, chosen: string): Draft {
  if (chosen === byUnit) return profile
  const title = chosen === noColumn ? null : chosen
  if (field === 'quantity')
    return { ...profile, quantities: title === null ? [] : [{ title, unit: null }] }
  if (field === 'company' || field === 'application') return { ...profile, [field]: title ?? '' }
  return { ...profile, [field]: title }
}

/** Whether every column that is needed has been chosen. */
export function isComplete({ company, application, quantities }: Draft): boolean {
  return company !== '' && application !== '' && quantities.length > 0
}

/** A word that nobody knows, in the column it stands in. */
export interface UnknownWord {
  readonly word: string
  readonly kind: 'status' | 'type' | 'unit'
}

/** The words of the wrong rows whose meaning a person can say, each once. */
export function listUnknownWords(
  profile: Draft,
  problems: readonly RowProblemFragment[],
): readonly UnknownWord[] {
  const seen = new Map<string, UnknownWord>()
  for (const { code, column, value } of problems) {
    const kind = (['status', 'type', 'unit'] as const).find((name) => profile[name] === column)
    if (code !== 'REPORT_WORD_UNKNOWN' || kind === undefined || !value) continue
    seen.set(`${kind} ${value}`, { word: value, kind })
  }
  return [...seen.values()]
}

/** What a word can mean, by the column it stands in. */
export const meanings = {
  status: [
    { value: 'RUNNING', label: 'in force: counts' },
    { value: 'NOT_RUNNING', label: 'not in force: does not count' },
  ],
  type: [
    { value: 'COUNTED', label: 'commercial or subscription: counts' },
    { value: 'NEVER_COUNTED', label: 'trial or test: does not count' },
  ],
  unit: units,
} as const

/** The profile with the meaning of one more word. */
export function withWord(profile: Draft, { word, kind }: UnknownWord, meaning: string): Draft {
  return { ...profile, words: [...profile.words, { word, [kind]: meaning }] }
}
