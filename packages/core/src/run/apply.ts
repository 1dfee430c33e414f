import type { LineRecord } from '../history.ts'
import { adjustmentKey } from '../identity.ts'
import type { Contract } from '../ledger.ts'
import type { PlannedAdjustment } from '../plan.ts'
import type { ContractId } from '../values/ids.ts'
import type { RunEvent } from './events.ts'
import type { ReadyParts } from './parts.ts'
import { workAtOnce } from './pool.ts'
import type { Posted, Posting, PostingState } from './post.ts'
import { postOnce } from './post.ts'
import { readBack } from './read-back.ts'

/** Posts in a row of one intent and its repeat (product.md, rule 17). */
const ATTEMPTS = 2

/** What is applied, and what it was planned on. */
export interface ApplyRequest {
  readonly adjustments: readonly PlannedAdjustment[]
  readonly contracts: readonly Contract[]
  readonly lineRecords: readonly LineRecord[]
}

/**
 * Posts adjustments and proves each by reading. All lines' first adjustments go together and are read back in one
 * go; a line's second one follows when its first is confirmed, because its numbers stand on that. Contracts stay
 * locked until everything is settled.
 */
export async function* applyAdjustments(
  parts: ReadyParts,
  request: ApplyRequest,
): AsyncGenerator<RunEvent, void> {
  const state: PostingState = { locks: new Map(), unsentInARow: 0, lastPostMs: 0 }
  const contracts = new Map(request.contracts.map((contract) => [contract.id, contract]))
  const lapsed = new Map(request.lineRecords.map((record) => [lineOf(record), record.lapsedInARow]))
  let lines = groupByLine(request.adjustments)
  try {
    // As many rounds as the line with the most adjustments has; mostly one.
    while (lines.length > 0) {
      const postings = lines.flatMap(([adjustment]) =>
        adjustment === undefined
          ? []
          : [toPosting(adjustment, lapsed.get(lineOf(adjustment)) ?? 0)],
      )
      const confirmed = yield* applyWave(parts, state, contracts, postings)
      const followers = lines.filter((line) => line.length > 1)
      const isFree = (line: readonly PlannedAdjustment[]): boolean =>
        line[0] !== undefined && confirmed.has(line[0].key)
      yield* skipAll(followers.filter((line) => !isFree(line)))
      lines = followers.filter(isFree).map((line) => line.slice(1))
    }
  } finally {
    for (const lock of state.locks.values()) await lock.release()
  }
}

/**
 * One adjustment per line: post all, read all, wait for what is open, read again, repeat what lapsed once. Gives the
 * keys that the first reading confirmed; a line that was settled late keeps its second adjustment for the next run.
 */
async function* applyWave(
  parts: ReadyParts,
  state: PostingState,
  contracts: ReadonlyMap<ContractId, Contract>,
  postings: readonly Posting[],
): AsyncGenerator<RunEvent, ReadonlySet<string>> {
  const confirmed = new Set<string>()
  let round = postings
  while (round.length > 0) {
    const posted: Posted[] = []
    // A contract has one writer at a time, and that holds within a run too: its posts follow each other.
    yield* workAtOnce<readonly Posting[], RunEvent>(
      groupByContract(round),
      parts.limits.postsAtOnce,
      async (sameContract, report) => {
        for (const posting of sameContract) {
          const done = await postOnce(parts, state, posting, report)
          if (done !== null) posted.push(done)
        }
      },
    )
    const first = yield* readBack(parts, contracts, posted, false)
    for (const { adjustment } of first.confirmed) confirmed.add(adjustment.key)
    await waitForCutOff(parts, state, first.open.length)
    if (parts.options.signal?.aborted === true) {
      yield* giveUp(parts, first.open)
      return confirmed
    }
    const second = yield* readBack(parts, contracts, first.open, true)
    round = second.lapsed.flatMap(({ adjustment, intent }) =>
      intent.attempt < ATTEMPTS ? [toRepeat(adjustment, intent.ordinal, intent.attempt)] : [],
    )
  }
  return confirmed
}

/** Cancelled while waiting: what is open stays open for the next run, because the cut-off has not passed. */
async function* giveUp(
  { journal }: ReadyParts,
  open: readonly Posted[],
): AsyncGenerator<RunEvent, void> {
  const reason = 'STOPPED'
  for (const { adjustment, intent } of open) {
    await journal.settle(intent.key, { kind: 'UNKNOWN', reason, unitsSeen: null })
    yield { kind: 'unknown', adjustment, intent, reason, unitsSeen: null }
  }
}

async function waitForCutOff(
  { clock, limits, options }: ReadyParts,
  { lastPostMs }: PostingState,
  open: number,
): Promise<void> {
  if (open === 0) return
  const rest = lastPostMs + limits.unknownWaitMs - clock.nowMs()
  if (rest > 0) await clock.sleep(rest, options.signal)
}

function toPosting(adjustment: PlannedAdjustment, lapsedInARow: number): Posting {
  const { key, ordinal } = adjustment
  return { adjustment, key, ordinal, attempt: lapsedInARow + 1 }
}

function toRepeat(adjustment: PlannedAdjustment, ordinal: number, attempt: number): Posting {
  const next = ordinal + 1
  const key = adjustmentKey(adjustment.contract, adjustment.service, next)
  return { adjustment, key, ordinal: next, attempt: attempt + 1 }
}

function* skipAll(lines: readonly (readonly PlannedAdjustment[])[]): Generator<RunEvent, void> {
  for (const adjustment of lines.flatMap((line) => line.slice(1))) {
    yield { kind: 'skipped', adjustment, reason: 'EARLIER_NOT_CONFIRMED' }
  }
}

function groupByContract(postings: readonly Posting[]): Posting[][] {
  const groups = new Map<ContractId, Posting[]>()
  for (const posting of postings) {
    const { contract } = posting.adjustment
    const known = groups.get(contract)
    if (known === undefined) groups.set(contract, [posting])
    else known.push(posting)
  }
  return [...groups.values()]
}

function groupByLine(adjustments: readonly PlannedAdjustment[]): PlannedAdjustment[][] {
  const lines = new Map<string, PlannedAdjustment[]>()
  for (const adjustment of adjustments) {
    const key = lineOf(adjustment)
    const known = lines.get(key)
    if (known === undefined) lines.set(key, [adjustment])
    else known.push(adjustment)
  }
  return [...lines.values()].map((line) => line.sort((a, b) => a.ordinal - b.ordinal))
}

function lineOf({ contract, service }: Pick<LineRecord, 'contract' | 'service'>): string {
  return `${contract}/${service}`
}
