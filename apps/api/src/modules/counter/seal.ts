import type { Approval } from '@trueup/core'
import { RequestError } from '../../errors.ts'

/** The numbers of a previewed change as a text that programs hand back unread: the run posts these or nothing. */
export function sealOf({ key, effectiveDay, before, after }: Approval): string {
  return Buffer.from(JSON.stringify([key, effectiveDay, before, after])).toString('base64url')
}

/** What a seal is about. Throws SEAL_INVALID for a text that no preview gave. */
export function parseSeal(seal: string): Approval {
  const [key, effectiveDay, before, after, ...rest] = parseList(seal)
  const isSeal =
    typeof key === 'string' &&
    typeof effectiveDay === 'string' &&
    typeof before === 'number' &&
    typeof after === 'number' &&
    rest.length === 0
  if (!isSeal) throw new RequestError('SEAL_INVALID', 'A seal must come from a preview, unchanged.')
  return { key, effectiveDay: effectiveDay as Approval['effectiveDay'], before, after }
}

function parseList(seal: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(seal, 'base64url').toString('utf8'))
    return Array.isArray(parsed) ? parsed : []
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}
