import { addMonths, monthsBetween, type Day } from '@trueup/core'

/*
 * The grid of a contract's billing periods: anchored at its start, every start computed from the anchor so that
 * a contract of the 31st comes back to the 31st after a shorter month.
 *
 *   start 31 January, monthly:   |31 Jan ─ 27 Feb|28 Feb ─ 30 Mar|31 Mar ─ 29 Apr|
 */

/** Start of the first period that begins after `day`; the contract's start when it begins later. */
export function nextPeriodStart(anchor: Day, months: number, day: Day): Day {
  if (day < anchor) return anchor
  let index = Math.floor(monthsBetween(anchor, day) / months)
  // The month of `day` may hold a period start that is still ahead of it, or be one behind after clamping.
  while (addMonths(anchor, index * months) > day) index -= 1
  while (addMonths(anchor, index * months) <= day) index += 1
  return addMonths(anchor, index * months)
}
