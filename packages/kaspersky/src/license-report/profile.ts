import type { UsageUnit } from '@trueup/core'
import type { LegacyEncoding } from './file/text.ts'
import type { StatusMeaning, TypeMeaning } from './table/vocabulary.ts'

/** A column that holds used quantities. */
export interface QuantityColumn {
  readonly title: string
  /** The unit of all its quantities; `null` where another column, or the profile's default, says it. */
  readonly unit: UsageUnit | null
}

/**
 * How an integration's licence reports are read: which title stands over which column, and what cannot be seen in a
 * file. Titles are compared without case, accents and punctuation. Kept with the integration; proposed by
 * `proposeProfile` and confirmed by a person.
 */
export interface LicenceReportProfile {
  readonly company: string
  readonly application: string
  /** One column, or one for each unit, of which a row fills one. */
  readonly quantities: readonly QuantityColumn[]
  readonly unit: string | null
  readonly limit: string | null
  readonly status: string | null
  readonly type: string | null
  readonly expiry: string | null
  /** Over a column, or before a day above the header. */
  readonly reportDay: string | null
  readonly licenceId: string | null
  /** The unit where no column says it. Microsoft 365 applications count mailboxes whatever this is (product.md, rule 2). */
  readonly defaultUnit: UsageUnit
  /** What stands before the decimals of a number that is text; the other mark, or a blank, groups digits. */
  readonly decimalMark: '.' | ','
  /** The order in days that are text. Days written 2026-01-31 are read in any case. */
  readonly dayOrder: 'DMY' | 'MDY' | 'YMD'
  /** The code page of text that is neither UTF-8 nor UTF-16. */
  readonly legacyEncoding: LegacyEncoding
  /** Words of this console that Trueup does not know. */
  readonly statusWords: Readonly<Record<string, StatusMeaning>>
  readonly typeWords: Readonly<Record<string, TypeMeaning>>
  readonly unitWords: Readonly<Record<string, UsageUnit>>
}

/** What a profile says of everything but the columns until a person says otherwise. */
export const PROFILE_DEFAULTS = {
  defaultUnit: 'DEVICE',
  decimalMark: ',',
  dayOrder: 'DMY',
  legacyEncoding: 'windows-1252',
  statusWords: {},
  typeWords: {},
  unitWords: {},
} as const satisfies Partial<LicenceReportProfile>
