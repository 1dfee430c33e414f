/** The imitated system that was called. */
type CalledSystem = 'autotask' | 'securityCenter'

/** What is known of a call when it arrives. */
interface CallStart {
  system: CalledSystem
  /** A stable name: `Contracts.query`, `Session.StartSession`. */
  operation: string
  /** Calls of one lane count as simultaneous with each other: an Autotask entity, a KSC session. */
  lane: string
  method: string
  path: string
}

/** One finished call. */
export interface CallRecord extends CallStart {
  /** Position since counting began, from 1. */
  number: number
  /** Calls of the same system and lane under way when this one had arrived, itself included. */
  concurrent: number
  /** The HTTP status; 0 when the connection was cut. */
  status: number
  /** Real milliseconds from arrival to the end of the answer. */
  durationMs: number
  /** Refused because of a limit (threads or requests an hour). */
  rejected: boolean
}

/** A call under way. */
interface OpenCall {
  /** Calls of the same lane under way, this one included. */
  concurrent: number
  /** To be called once, when the answer has ended. */
  end(outcome: { status: number; rejected?: boolean }): void
}

/** What `GET /calls` answers. */
export interface CallSummary {
  total: number
  /** `autotask.Contracts.query` → count. */
  byOperation: Record<string, number>
  /** The most calls of one lane that were ever under way together. */
  maxConcurrent: number
  maxConcurrentByLane: Record<string, number>
  /** Calls refused because of a limit. */
  rejected: number
  /** Finished calls in order of arrival, at most the latest 20,000. */
  log: CallRecord[]
}

/** Counts calls to both imitations. */
export interface CallLog {
  begin(start: CallStart): OpenCall
  summary(): CallSummary
  clear(): void
}

const LOG_LIMIT = 20_000

/** An empty call log. */
export function createCallLog(): CallLog {
  let counts = emptyCounts()
  const underWay = new Map<string, number>()

  function begin(start: CallStart): OpenCall {
    const startedMs = performance.now()
    const counted = counts
    const lane = `${start.system}.${start.lane}`
    const operation = `${start.system}.${start.operation}`
    const concurrent = (underWay.get(lane) ?? 0) + 1
    underWay.set(lane, concurrent)
    counted.total += 1
    counted.byOperation.set(operation, (counted.byOperation.get(operation) ?? 0) + 1)
    counted.byLane.set(lane, Math.max(counted.byLane.get(lane) ?? 0, concurrent))
    const number = counted.total
    let ended = false
    const end: OpenCall['end'] = ({ status, rejected = false }) => {
      if (ended) return
      ended = true
      underWay.set(lane, (underWay.get(lane) ?? 1) - 1)
      if (rejected) counted.rejected += 1
      const durationMs = Math.round((performance.now() - startedMs) * 100) / 100
      counted.log.push({ ...start, number, concurrent, status, durationMs, rejected })
      if (counted.log.length > LOG_LIMIT) counted.log.shift()
    }
    return { concurrent, end }
  }

  function summary(): CallSummary {
    return {
      total: counts.total,
      byOperation: Object.fromEntries([...counts.byOperation].toSorted(byName)),
      maxConcurrent: Math.max(0, ...counts.byLane.values()),
      maxConcurrentByLane: Object.fromEntries([...counts.byLane].toSorted(byName)),
      rejected: counts.rejected,
      log: counts.log.toSorted((one, other) => one.number - other.number),
    }
  }

  return { begin, summary, clear: () => void (counts = emptyCounts()) }
}

function byName([one]: [string, number], [other]: [string, number]): number {
  return one < other ? -1 : 1
}

function emptyCounts() {
  return {
    total: 0,
    byOperation: new Map<string, number>(),
    byLane: new Map<string, number>(),
    rejected: 0,
    log: [] as CallRecord[],
  }
}
