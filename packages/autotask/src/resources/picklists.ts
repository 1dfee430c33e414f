import type { ReadOptions } from '@trueup/core'
import { RECURRING_SERVICE_TYPE, toPeriodMonths } from '../convert.ts'
import type { Client } from '../http/client.ts'
import { entityFields } from '../wire.ts'
import { readDescription, type DescribedEntity } from './entity-information.ts'

/** A picklist's labels by number, as this tenant has them. */
export type Picklist = ReadonlyMap<number, string>

/** Reads the picklist of a field; empty when the field has none. */
export async function readPicklist(
  client: Client,
  entity: DescribedEntity,
  field: string,
  options: ReadOptions,
): Promise<Picklist> {
  const description = { path: 'entityInformation/fields', schema: entityFields }
  const { fields } = await readDescription(client, entity, description, options)
  const described = fields.find((one) => one.name.toLowerCase() === field.toLowerCase())
  return new Map(
    (described?.picklistValues ?? []).map(({ value, label }) => [Number(value), label]),
  )
}

/** Whether the number that stands for recurring service contracts exists and is called so. */
export function isExpectedType(labels: Picklist): boolean {
  return /recurring/i.test(labels.get(RECURRING_SERVICE_TYPE) ?? '')
}

const PERIOD_LABELS: readonly { readonly number: number; readonly label: RegExp }[] = [
  { number: 2, label: /^month/i },
  { number: 3, label: /^quarter/i },
  { number: 4, label: /semi|half/i },
  { number: 5, label: /^(year|annual)/i },
]

/**
 * Whether the numbers of the billing periods stand for the lengths that we count with. A tenant may call them
 * otherwise in its own language: then the label proves nothing and the number alone counts.
 */
export function isExpectedPeriods(labels: Picklist): boolean {
  const known = PERIOD_LABELS.filter(({ number }) => labels.has(number))
  const contradicts = known.some(({ number }) => {
    const text = labels.get(number) ?? ''
    const named = PERIOD_LABELS.find(({ label }) => label.test(text))
    return named !== undefined && named.number !== number
  })
  return (
    known.length > 0 && !contradicts && known.every(({ number }) => toPeriodMonths(number) !== null)
  )
}
