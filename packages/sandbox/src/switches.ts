import { z } from 'zod'

/** What is not known of the real Autotask, or varies between tenants: one position per reading. */
export const switchesSchema = z.strictObject({
  /** Answers to wrong credentials: today's (401 without body), or those of 2023 (500 for user name and code). */
  authStatuses: z.enum(['modern', 'old']),
  /** Dates in answers with or without the final Z. */
  dateZone: z.enum(['Z', 'none']),
  /** `units` of the row that a change inside a period writes: the new total, or the difference. */
  changeRowUnits: z.enum(['total', 'difference']),
  /** An adjustment dated in a posted period: an extra row, silently skipped there, or refused. */
  postedPeriod: z.enum(['extra', 'skip', 'reject']),
  /** Whether an adjustment that leaves a line with 0 units is taken. */
  zeroUnits: z.enum(['accept', 'refuse']),
  /** The billing item of a change inside a period names the period's row, or its own. */
  changeItemPeriodId: z.enum(['shared', 'own']),
  /** Requests an hour before service is suspended. */
  requestThreshold: z.number().int().min(1),
  /** What happens at that threshold: 429 until the count falls, or counting only. */
  thresholdReached: z.enum(['suspend', 'count']),
  /** Delays requests from half (+ `thresholdStepMs`) and three quarters (twice that) of the threshold. */
  thresholdLatency: z.boolean(),
  /** The documented step is 500 ms. */
  thresholdStepMs: z.number().int().min(0),
  /** Simultaneous requests per integration code and entity. */
  threadLimit: z.number().int().min(1),
  /** How long every request takes, so that simultaneous requests really meet. */
  serviceTimeMs: z.number().int().min(0),
  /** Entities that the API user may not see or change, by root name; `*` is all of them. */
  deniedEntities: z.array(z.string()),
  /** How a missing permission shows in queries: an empty list, or the permission error. */
  deniedQuery: z.enum(['empty', 'error']),
})

/** The position of every switch. */
export type Switches = z.infer<typeof switchesSchema>

/** The documented or best-proven reading of everything. */
export const DEFAULT_SWITCHES: Switches = {
  authStatuses: 'modern',
  dateZone: 'Z',
  changeRowUnits: 'total',
  postedPeriod: 'extra',
  zeroUnits: 'accept',
  changeItemPeriodId: 'shared',
  requestThreshold: 10_000,
  thresholdReached: 'suspend',
  thresholdLatency: false,
  thresholdStepMs: 500,
  threadLimit: 3,
  serviceTimeMs: 5,
  deniedEntities: [],
  deniedQuery: 'empty',
}
