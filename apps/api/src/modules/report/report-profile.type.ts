import type { UsageUnit as UsageUnitName } from '@trueup/core'
import type { LicenceReportProfile, OpenChoice } from '@trueup/kaspersky'
import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { UsageUnit } from '../../graphql/billing-words.type.ts'

type DayOrderName = LicenceReportProfile['dayOrder']
type StatusMeaningName = LicenceReportProfile['statusWords'][string]
type TypeMeaningName = LicenceReportProfile['typeWords'][string]

const DayOrder: { readonly [Key in DayOrderName]: Key } = { DMY: 'DMY', MDY: 'MDY', YMD: 'YMD' }
registerEnumType(DayOrder, {
  name: 'DayOrder',
  description: 'The order of day, month and year in days that are text.',
  valuesConfig: {
    DMY: { description: '31.01.2026' },
    MDY: { description: '1/31/2026' },
    YMD: { description: '2026-01-31' },
  },
})

const DecimalMark = { COMMA: ',', POINT: '.' } as const
registerEnumType(DecimalMark, {
  name: 'DecimalMark',
  description: 'What stands before the decimals of a number; the other mark groups digits.',
  valuesConfig: { COMMA: { description: '1.234,00' }, POINT: { description: '1,234.00' } },
})

const LicenceStatusMeaning: { readonly [Key in StatusMeaningName]: Key } = {
  RUNNING: 'RUNNING',
  NOT_RUNNING: 'NOT_RUNNING',
}
registerEnumType(LicenceStatusMeaning, {
  name: 'LicenceStatusMeaning',
  description: 'What a status says.',
  valuesConfig: {
    RUNNING: { description: 'The licence is in force and counts.' },
    NOT_RUNNING: { description: 'It has expired, is paused or blocked, and does not count.' },
  },
})

const LicenceTypeMeaning: { readonly [Key in TypeMeaningName]: Key } = {
  COUNTED: 'COUNTED',
  NEVER_COUNTED: 'NEVER_COUNTED',
}
registerEnumType(LicenceTypeMeaning, {
  name: 'LicenceTypeMeaning',
  description: 'What a type of licence says.',
  valuesConfig: {
    COUNTED: { description: 'Commercial or subscription.' },
    NEVER_COUNTED: { description: 'Trial, test, beta or reserve.' },
  },
})

/** What a file leaves open. */
export const ReportChoice: { readonly [Key in OpenChoice]: Key } = {
  DAY_ORDER: 'DAY_ORDER',
  DECIMAL_MARK: 'DECIMAL_MARK',
  LEGACY_ENCODING: 'LEGACY_ENCODING',
  DEFAULT_UNIT: 'DEFAULT_UNIT',
}
registerEnumType(ReportChoice, {
  name: 'ReportChoice',
  description: 'What a file leaves open, so that a person has to look.',
  valuesConfig: {
    DAY_ORDER: { description: 'Which of two numbers is the month.' },
    DECIMAL_MARK: { description: 'Whether a mark groups digits or stands before decimals.' },
    LEGACY_ENCODING: { description: 'Which code page the letters are of.' },
    DEFAULT_UNIT: { description: 'Whether devices, users or mailboxes are counted.' },
  },
})

/** Both sides of the schema have the same fields; GraphQL wants two types. */
const COLUMN = 'Title of the column of quantities.'
const COLUMN_UNIT =
  'The unit of all its quantities; null where another column or the default says it.'

@ObjectType('QuantityColumn', { description: 'A column of quantities.', simpleResolvers: true })
@InputType('QuantityColumnInput', { description: 'A column of quantities.' })
class QuantityColumn {
  @Field(() => String, { description: COLUMN })
  title!: string

  @Field(() => UsageUnit, { nullable: true, description: COLUMN_UNIT })
  unit!: UsageUnitName | null
}

@ObjectType('LicenceWord', {
  description: 'A word of this console and its meaning; one of the three.',
  simpleResolvers: true,
})
@InputType('LicenceWordInput', {
  description: 'A word of this console and its meaning; one of the three.',
})
class LicenceWord {
  @Field(() => String, { description: 'The word as it stands in the report.' })
  word!: string

  @Field(() => LicenceStatusMeaning, {
    nullable: true,
    description: 'What it says as a status; null: it is none.',
  })
  status?: StatusMeaningName | null

  @Field(() => LicenceTypeMeaning, {
    nullable: true,
    description: 'What it says as a type of licence; null: it is none.',
  })
  type?: TypeMeaningName | null

  @Field(() => UsageUnit, {
    nullable: true,
    description: 'What it says as a unit; null: it is none.',
  })
  unit?: UsageUnitName | null
}

const TITLE = 'Title of the column, compared without case, accents and punctuation'

@ObjectType('LicenceReportProfile', {
  description: "How an integration's licence reports are read.",
  simpleResolvers: true,
})
@InputType('LicenceReportProfileInput', {
  description: "How an integration's licence reports are read, all of it.",
})
export class LicenceReportProfileShape {
  @Field(() => String, { description: `Company. ${TITLE}.` })
  company!: string

  @Field(() => String, { description: `Application. ${TITLE}.` })
  application!: string

  @Field(() => [QuantityColumn], {
    description: 'Used quantities: one column, or one for each unit, of which a row fills one.',
  })
  quantities!: QuantityColumn[]

  @Field(() => String, { nullable: true, description: `Unit. ${TITLE}; null: no such column.` })
  unit?: string | null

  @Field(() => String, { nullable: true, description: `Limit. ${TITLE}; null: none.` })
  limit?: string | null

  @Field(() => String, { nullable: true, description: `Status. ${TITLE}; null: none.` })
  status?: string | null

  @Field(() => String, { nullable: true, description: `Type of licence. ${TITLE}; null: none.` })
  type?: string | null

  @Field(() => String, { nullable: true, description: `Last day. ${TITLE}; null: none.` })
  expiry?: string | null

  @Field(() => String, {
    nullable: true,
    description: `Day of the report. ${TITLE}, or a title above the header; null: the day it is handed in.`,
  })
  reportDay?: string | null

  @Field(() => String, { nullable: true, description: `Id of the licence. ${TITLE}; null: none.` })
  licenceId?: string | null

  @Field(() => UsageUnit, { description: 'The unit where no column says it.' })
  defaultUnit!: UsageUnitName

  @Field(() => DecimalMark, { description: 'What stands before decimals.' })
  decimalMark!: LicenceReportProfile['decimalMark']

  @Field(() => DayOrder, { description: 'The order in days that are text.' })
  dayOrder!: DayOrderName

  @Field(() => String, {
    description: 'Code page of text that is not Unicode, `windows-1250` to `windows-1257`.',
  })
  legacyEncoding!: string

  @Field(() => [LicenceWord], { description: 'Words of this console that Trueup does not know.' })
  words!: LicenceWord[]
}

/** A profile in the shape of the schema. */
export function toProfileShape(profile: LicenceReportProfile): LicenceReportProfileShape {
  const { statusWords, typeWords, unitWords, quantities, ...plain } = profile
  return {
    ...plain,
    quantities: quantities.map(({ title, unit }) => ({ title, unit })),
    words: [
      ...Object.entries(statusWords).map(([word, status]) => ({ word, status })),
      ...Object.entries(typeWords).map(([word, type]) => ({ word, type })),
      ...Object.entries(unitWords).map(([word, unit]) => ({ word, unit })),
    ],
  }
}

/** A profile as a client sends it. What it says is looked at by `checkProfile`. */
export function fromProfileShape(shape: LicenceReportProfileShape): LicenceReportProfile {
  const meanings = <Meaning>(
    pick: (word: LicenceWord) => Meaning | null | undefined,
  ): Record<string, Meaning> =>
    Object.fromEntries(
      shape.words.flatMap((word) => {
        const meaning = pick(word) ?? null
        return meaning === null ? [] : [[word.word, meaning] as const]
      }),
    )
  return {
    company: shape.company,
    application: shape.application,
    quantities: shape.quantities.map(({ title, unit }) => ({ title, unit: unit ?? null })),
    unit: shape.unit ?? null,
    limit: shape.limit ?? null,
    status: shape.status ?? null,
    type: shape.type ?? null,
    expiry: shape.expiry ?? null,
    reportDay: shape.reportDay ?? null,
    licenceId: shape.licenceId ?? null,
    defaultUnit: shape.defaultUnit,
    decimalMark: shape.decimalMark,
    dayOrder: shape.dayOrder,
    legacyEncoding: shape.legacyEncoding as LicenceReportProfile['legacyEncoding'],
    statusWords: meanings(({ status }) => status),
    typeWords: meanings(({ type }) => type),
    unitWords: meanings(({ unit }) => unit),
  }
}
