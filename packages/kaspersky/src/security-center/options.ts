import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '@trueup/core'
import type { KeyOptions } from './counting/key-decision.ts'
import type { ChannelLimits } from './protocol/channel.ts'
import type { Credentials } from './protocol/session.ts'
import type { Trust } from './protocol/trust.ts'

/** How to reach a Kaspersky Security Center, and how to count there. */
export interface SecurityCenterOptions {
  /** `https://server:13299`; the port may be left out. */
  readonly url: string
  /** An internal user that only reads; see the package's README for its rights. */
  readonly credentials: Credentials
  /** By default the machine's trust store decides. */
  readonly trust?: Trust
  /** What counts beyond commercial keys and running subscriptions; by default nothing. */
  readonly counting?: Partial<KeyOptions>
  /**
   * `DETECT` reads everything in one session and turns to the virtual servers one by one where that is not
   * certain to be complete. `PER_SERVER` does so from the start: for a server known to restrict its main session.
   */
  readonly plan?: 'DETECT' | 'PER_SERVER'
  /**
   * Every so often a reading compares the keys of every virtual server with the server's statistics, at the price of a call
   * for each; the first one of this client does. By default none does, and a main session that sees a key on some virtual
   * servers only can go unnoticed where others use it as well.
   */
  readonly thoroughEveryMs?: number
  /** Rows asked for at a time. The server may give fewer. */
  readonly pageSize?: number
  readonly limits?: Partial<ChannelLimits>
  readonly clock?: Clock
}

/** Few calls, and pages of a few megabytes. */
export const DEFAULT_PAGE_SIZE = 5_000

/** Patience enough for a large page from a busy server; an answer is never larger than memory allows. */
export const DEFAULT_LIMITS: ChannelLimits = {
  connectTimeoutMs: 10_000,
  requestTimeoutMs: 60_000,
  maxAnswerBytes: 64 * 1024 * 1024,
}

/** The machine's time. */
export const SYSTEM_CLOCK: Clock = {
  nowMs: () => Date.now(),
  sleep: async (ms, signal) => {
    const cancel = new AbortController()
    const onAbort = (): void => cancel.abort()
    if (signal?.aborted === true) return
    signal?.addEventListener('abort', onAbort)
    // Rejects only when cancelled, which is a way to wake up.
    await wait(ms, undefined, { signal: cancel.signal }).catch(() => undefined)
    signal?.removeEventListener('abort', onAbort)
  },
}
