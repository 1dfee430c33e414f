/** Money in ten-thousandths: Autotask keeps four decimals. Whole numbers, so that sums and shares stay exact. */
export type Amount4 = number

/** From a price as JSON carries it. */
export function toAmount4(price: number): Amount4 {
  return Math.round(price * 10_000)
}

/** To a price as JSON carries it. */
export function fromAmount4(amount: Amount4): number {
  return amount / 10_000
}

/** `amount` x `days` / `ofDays`, rounded half away from zero to the fourth decimal. */
export function shareOf(amount: Amount4, days: number, ofDays: number): Amount4 {
  if (days === ofDays) return amount
  const numerator = Math.abs(amount) * days
  const share = Math.floor((2 * numerator + ofDays) / (2 * ofDays))
  return amount < 0 ? -share : share
}

/** Rounded half away from zero to two decimals, as Approve & Post does. */
export function toCents(amount: Amount4): number {
  const cents = Math.floor((Math.abs(amount) + 50) / 100)
  return (amount < 0 ? -cents : cents) / 100
}
