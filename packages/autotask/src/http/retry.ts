import { VendorError, type Clock, type ReadOptions } from '@trueup/core'
import { cancelled, fromTransportError, TransportError, type AutotaskCode } from './errors.ts'
import type { AutotaskLog } from './events.ts'

/**
 * How often what failed may be repeated, by failure. Only reads, and writes that certainly were not sent, get
 * here. A connection, a gateway's page or a cut answer may be better in a moment. Autotask answers 500 to its
 * own faults and to every refusal alike, so a refusal gets one more try and no more. Wrong credentials get none:
 * repeating them locks the user out. A wrong shape, a missing route or permission stay what they are.
 */
const REPEATS: Readonly<Partial<Record<AutotaskCode, number>>> = {
  AUTOTASK_UNREACHABLE: 3,
  AUTOTASK_CONNECTION_LOST: 3,
  AUTOTASK_SERVER_FAULT: 3,
  AUTOTASK_TIMED_OUT: 2,
  AUTOTASK_ANSWER_INVALID: 3,
  AUTOTASK_REFUSED: 1,
}

const FIRST_DELAY_MS = 1_000
const GROWTH = 3

/** How long to wait before repeating after the `attempt`-th failure; `null` when it must not be repeated. */
function retryDelayMs(code: string, attempt: number): number | null {
  const repeats = REPEATS[code as AutotaskCode] ?? 0
  return attempt > repeats ? null : FIRST_DELAY_MS * GROWTH ** (attempt - 1)
}

/** Waits, telling so, when the failure of the `attempt`-th try may be repeated; throws it otherwise. */
export async function pauseBeforeRepeat(
  { clock, log }: { readonly clock: Clock; readonly log: AutotaskLog },
  failure: VendorError,
  attempt: number,
  options: ReadOptions,
): Promise<void> {
  const { code, operation } = failure
  const delayMs = retryDelayMs(code, attempt)
  if (delayMs === null) throw failure
  const resumeAtMs = clock.nowMs() + delayMs
  log({ kind: 'RETRYING', operation, code, attempt: attempt + 1, resumeAtMs })
  await clock.sleep(delayMs, options.signal)
  if (options.signal?.aborted === true) throw cancelled(operation)
}

/** The failure as a {@link VendorError}; what is none is a bug and goes on as it is. */
export function toVendorError(error: unknown, operation: string): VendorError {
  if (error instanceof TransportError) return fromTransportError(error, operation)
  if (error instanceof VendorError) return error
  throw error
}
