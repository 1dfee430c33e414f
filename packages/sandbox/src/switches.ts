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
  /** An adjustment that leaves a line with 0 units: taken, refused, or taken and the rows of 0 units vanish. */
  zeroUnits: z.enum(['accept', 'refuse', 'deleteRows']),
  /** A second adjustment of one line and day at the start of a period: added to the first, or refused as a duplicate. */
  periodStartRepeat: z.enum(['add', 'refuse']),
  /** The row of a period in which units changed: whole, or cut short on the day before the change. */
  changedPeriodRow: z.enum(['whole', 'cut']),
  /** What the answer to an adjustment names: nothing, or a number. */
  adjustmentItemId: z.enum(['null', 'number']),
  /** The billing item of a change inside a period names the period's row, or its own. */
  changeItemPeriodId: z.enum(['shared', 'own']),
  /** `GET /E/{id}` of a row that is not there: 200 with null, or 404. */
  missingItem: z.enum(['null', '404']),
  /** After a page that is exactly full and the last: no next page, or one that is empty. */
  fullLastPage: z.enum(['closed', 'open']),
  /** Requests an hour before service is suspended. */
  requestThreshold: z.number().int().min(1),
  /** What happens at that threshold: 429 until the count falls, or counting only. */
  thresholdReached: z.enum(['suspend', 'count']),
  /** Whether the 429 of a suspended service says in `Retry-After` when the count falls. */
  suspensionRetryAfter: z.boolean(),
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

/** The switches that decide what an adjustment does. */
export type AdjustmentSwitches = Pick<Switches, 'postedPeriod' | 'zeroUnits' | 'periodStartRepeat'>

/** The documented or best-proven reading of everything. */
export const DEFAULT_SWITCHES: Switches = {
  authStatuses: 'modern',
  dateZone: 'Z',
  changeRowUnits: 'total',
  postedPeriod: 'extra',
  zeroUnits: 'accept',
  periodStartRepeat: 'add',
  changedPeriodRow: 'whole',
  adjustmentItemId: 'null',
  changeItemPeriodId: 'shared',
  missingItem: 'null',
  fullLastPage: 'closed',
  requestThreshold: 10_000,
  thresholdReached: 'suspend',
  suspensionRetryAfter: true,
  thresholdLatency: false,
  thresholdStepMs: 500,
  threadLimit: 3,
  serviceTimeMs: 5,
  deniedEntities: [],
  deniedQuery: 'empty',
}
