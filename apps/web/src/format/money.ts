const decimalText = /^([+-]?)(\d+)(?:\.(\d+))?$/

/**
 * Decimal text with two places and thousands separated, `1,234.50`; halves go away from zero. Works on the
 * digits, because a binary float would show 1.005 as 1.00. Text that is no decimal is shown as it came.
 */
export function formatMoney(amount: string): string {
  const parts = decimalText.exec(amount.trim())
  if (parts === null) return amount
  const [, sign, whole = '0', fraction = ''] = parts
  const roundsUp = (fraction[2] ?? '0') >= '5'
  const cents = BigInt(whole + fraction.slice(0, 2).padEnd(2, '0')) + (roundsUp ? 1n : 0n)
  const digits = cents.toString().padStart(3, '0')
  const negative = sign === '-' && cents !== 0n
  const grouped = digits.slice(0, -2).replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return `${negative ? '−' : ''}${grouped}.${digits.slice(-2)}`
}

/** Like `formatMoney` with a plus before what adds. */
export function formatMoneyChange(amount: string): string {
  const text = formatMoney(amount)
  return text.startsWith('−') || text === '0.00' ? text : `+${text}`
}

/** True when the decimal text is zero or missing, whatever its number of places. */
export function isZeroMoney(amount: string | null | undefined): boolean {
  return amount === null || amount === undefined || /^[+-]?0*(?:\.0*)?$/.test(amount.trim())
}
