import { z } from 'zod'
import { parseDay, type Day } from '@trueup/core'

/*
 * The fields that we read, and only those: what is not named here is neither asked for nor relied on.
 * Autotask's description makes every field optional; here a field is required when a reading without it
 * could bill wrongly, and may be absent when its absence is harmless.
 */

/** Ids are integers; 0 is one of them (the provider's own company). */
const id = z.int().nonnegative()

/**
 * A date-only field. It comes as a date-time in several spellings (with and without Z, with fractions); the
 * first ten characters are the date in all of them, and no zone is ever applied (facts: section 7).
 */
const day = z.string().transform((text, context): Day => {
  const parsed = parseDay(text.slice(0, 10))
  if (parsed !== null) return parsed
  context.addIssue({ code: 'custom', message: `"${text.slice(0, 40)}" is not a date` })
  return z.NEVER
})

/** Money as a JSON number with at most four decimals. */
const money = z.number().nullish()

export const companyRow = z.object({
  id,
  companyName: z.string(),
  isActive: z.boolean().nullish(),
})

export const contractRow = z.object({
  id,
  companyID: id,
  contractName: z.string(),
  contractType: z.int(),
  status: z.int(),
  startDate: day,
  endDate: day,
  contractPeriodType: z.int().nullish(),
  renewedContractID: z.int().nullish(),
})

export const serviceRow = z.object({
  id,
  name: z.string(),
  isActive: z.boolean().nullish(),
  periodType: z.int().nullish(),
  unitPrice: money,
})

export const contractServiceRow = z.object({
  id,
  contractID: id,
  serviceID: id,
  unitPrice: money,
  internalCurrencyUnitPrice: money,
  internalCurrencyAdjustedPrice: money,
})

export const contractServiceUnitRow = z.object({
  id,
  contractID: id,
  contractServiceID: id,
  startDate: day,
  endDate: day.nullish(),
  units: z.int(),
  price: money,
  approveAndPostDate: day.nullish(),
})

export type CompanyRow = z.infer<typeof companyRow>
export type ContractRow = z.infer<typeof contractRow>
export type ServiceRow = z.infer<typeof serviceRow>
export type ContractServiceRow = z.infer<typeof contractServiceRow>
export type ContractServiceUnitRow = z.infer<typeof contractServiceUnitRow>

/** How much of an entity the signed-in user may do. `None` is none at all. */
const access = z.union([z.string(), z.int()]).nullish()

/** `GET /E/entityInformation`. */
export const entityInformation = z.object({
  info: z.object({
    name: z.string().nullish(),
    userAccessForQuery: access,
    userAccessForCreate: access,
  }),
})

/** `GET /E/entityInformation/fields`: picklist values are strings here and integers in the rows (2.7). */
export const entityFields = z.object({
  fields: z.array(
    z.object({
      name: z.string(),
      picklistValues: z
        .array(z.object({ value: z.string(), label: z.string(), isActive: z.boolean().nullish() }))
        .nullish(),
    }),
  ),
})

/** `GET /Version`: needs the three headers and no permission, so it tests the credentials alone (1.3). */
export const version = z.object({
  majorVersion: z.string().nullish(),
  minorVersion: z.string().nullish(),
  build: z.string().nullish(),
  customerType: z.string().nullish(),
})

/** `{"itemId":null}` is how a good adjustment answers; a number would be as good (3.6). */
export const operationResult = z.object({ itemId: z.int().nullable() })
