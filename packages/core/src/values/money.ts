import { Decimal } from 'decimal.js'
import { invariant } from '../invariant.ts'

/**
 * An amount of money as decimal text (`"12.5000"`). Floats never carry money here; arithmetic goes through
 * the decimal library and comes back as text.
 */
export type DecimalText = string & { readonly __brand: 'DecimalText' }

/** Wide enough that no intermediate result is rounded; results are rounded once, half away from zero, to 4 places. */
const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP })
const PLACES = 4
const DECIMAL_PATTERN = /^-?\d+(\.\d+)?$/

/** No money. */
export const ZERO_MONEY = '0.0000' as DecimalText

/** Reads plain decimal text such as `-12.5`; `null` for anything else. Keeps every digit. */
function parseDecimal(text: string): DecimalText | null {
  return DECIMAL_PATTERN.test(text) ? (text as DecimalText) : null
}

/** The amount that `text` names; throws an invariant error when it names none. For literals and stored values. */
export function toDecimal(text: string): DecimalText {
  const amount = parseDecimal(text)
  invariant(amount !== null, 'text is not a decimal number', { text })
  return amount
}

/** The sum, rounded to 4 places. */
export function addMoney(a: DecimalText, b: DecimalText): DecimalText {
  return toText(new Exact(a).plus(b))
}

/** The sum of all, rounded once; zero of none. */
export function sumMoney(amounts: Iterable<DecimalText>): DecimalText {
  let sum = new Exact(0)
  for (const amount of amounts) sum = sum.plus(amount)
  return toText(sum)
}

/** `amount` times a fraction of whole numbers, rounded once to 4 places. */
export function multiplyMoney(
  amount: DecimalText,
  numerator: number,
  denominator = 1,
): DecimalText {
  return toText(new Exact(amount).times(numerator).dividedBy(denominator))
}

/** `a` minus `b`, rounded to 4 places. */
export function subtractMoney(a: DecimalText, b: DecimalText): DecimalText {
  return toText(new Exact(a).minus(b))
}

/** Whether the amount without its sign is greater than the limit. */
export function exceedsMoney(amount: DecimalText, limit: DecimalText): boolean {
  return new Exact(amount).abs().greaterThan(limit)
}

/** The amount without its sign. */
export function absoluteMoney(amount: DecimalText): DecimalText {
  return toText(new Exact(amount).abs())
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export function compareMoney(a: DecimalText, b: DecimalText): number {
  return new Exact(a).comparedTo(b)
}

function toText(amount: Decimal): DecimalText {
  const text = amount.toFixed(PLACES)
  return (text === '-0.0000' ? ZERO_MONEY : text) as DecimalText
}
