import { z } from 'zod'
import { createPrng, type Prng } from './prng.ts'

/** Every fault that can be armed; both imitations append theirs. */
const FAULT_NAMES = [
  'applyThenDrop',
  'applyThen500',
  '429',
  'latencyMs',
  'cutPage',
  'htmlError',
  'zoneMove',
  'permissionLoss',
  'pxgError',
  'dropConnection',
  'gatewayError',
  'cutRows',
  'sessionLoss',
  'truncatedJson',
  'wrongTypes',
  'duplicateIds',
  'repeatedRows',
  'skippedRows',
  'yearOneDates',
  'foreignNextPage',
  'redirect',
  'hugeBody',
  'slowBody',
] as const

/** The name of a fault, as `POST /faults` spells it. */
export type FaultName = (typeof FAULT_NAMES)[number]

const armingSchema = z.union([
  z.number().int().min(0),
  z.strictObject({
    /** Strike the next n calls. */
    count: z.number().int().min(0).optional(),
    /** Strike each call with this probability, drawn from the seed. */
    rate: z.number().min(0).max(1).optional(),
    /** Let this many matching calls pass first. */
    after: z.number().int().min(0).optional(),
    /** Only calls whose entity, class or operation contains this text (any case). */
    on: z.string().optional(),
    /** How long, where a fault has a length. */
    ms: z.number().min(0).optional(),
    /** How much, where a fault has a size. */
    bytes: z.number().int().min(0).optional(),
    /** The code of a `pxgError`; 1195 when absent. */
    code: z.number().int().optional(),
  }),
])

const armingByName = Object.fromEntries(
  FAULT_NAMES.map((name) => [name, armingSchema.optional()]),
) as Record<FaultName, z.ZodOptional<typeof armingSchema>>

/** The body of `POST /faults`: faults by name; `clear` disarms all others first. */
export const faultsSchema = z.strictObject(
  { clear: z.boolean().optional(), ...armingByName },
  {
    error: ({ code, keys }) =>
      code === 'unrecognized_keys'
        ? `no fault ${keys?.map((key) => `"${key}"`).join(', ')}; there are: ${FAULT_NAMES.join(', ')}, and clear`
        : undefined,
  },
)

/** How one fault is armed. */
type Arming = z.infer<typeof armingSchema>
/** Faults by name. */
export type FaultsInput = Partial<Record<FaultName, Arming | undefined>>

/** A fault that strikes now. */
interface Strike {
  /** The armed length in milliseconds, if any. */
  ms: number | undefined
  /** The armed size, if any. */
  bytes: number | undefined
  /** The armed error code, if any. */
  code: number | undefined
}

/** The armed faults of one sandbox. */
export interface Faults {
  /** Arms these, leaving others as they are. */
  arm(input: FaultsInput): void
  clear(): void
  /** Whether the fault strikes the call of this subject (operation or entity) now; uses up one count. */
  strikes(name: FaultName, subject: string): Strike | undefined
  /** What is armed, with the counts that are left. */
  armed(): Record<string, unknown>
  /** Draws rates from another seed from now on. */
  reseed(seed: number): void
}

interface Armed {
  count: number
  rate: number
  after: number
  on: string
  ms: number | undefined
  bytes: number | undefined
  code: number | undefined
}

/** No faults armed; rates are drawn from the seed. */
export function createFaults(seed: number): Faults {
  let chances = createChances(seed)
  const byName = new Map<FaultName, Armed>()

  function strikes(name: FaultName, subject: string): Strike | undefined {
    const fault = byName.get(name)
    if (!fault || !subject.toLowerCase().includes(fault.on)) return undefined
    if (fault.after > 0) {
      fault.after -= 1
      return undefined
    }
    if (fault.count <= 0 || !chances.of(name, subject).chance(fault.rate)) return undefined
    fault.count -= 1
    if (fault.count <= 0) byName.delete(name)
    return { ms: fault.ms, bytes: fault.bytes, code: fault.code }
  }

  function arm(input: FaultsInput): void {
    for (const name of FAULT_NAMES) {
      const arming = input[name]
      if (arming !== undefined) byName.set(name, toArmed(name, arming))
    }
  }

  return {
    arm,
    clear: () => byName.clear(),
    strikes,
    armed: () => Object.fromEntries(byName),
    reseed: (next) => void (chances = createChances(next)),
  }
}

/**
 * One generator for each fault and operation. With one for all, two simultaneous calls would draw each other's luck, and the
 * same seed would meet other faults whenever they arrive in another order.
 */
function createChances(seed: number): { of(name: FaultName, subject: string): Prng } {
  const prng = createPrng(seed).fork('faults')
  const known = new Map<string, Prng>()
  return {
    of: (name, subject) => {
      const label = `${name} ${subject}`
      const found = known.get(label) ?? prng.fork(label)
      known.set(label, found)
      return found
    },
  }
}

/** A delay whose length nobody gave. */
const LATENCY_MS = 250

function toArmed(name: FaultName, arming: Arming): Armed {
  const given = typeof arming === 'number' ? fromNumber(name, arming) : arming
  const { rate = 1, after = 0, on = '', bytes, code } = given
  const ms = given.ms ?? (name === 'latencyMs' ? LATENCY_MS : undefined)
  // A rate without a count strikes until it is cleared; a count without a rate strikes every time.
  const count = given.count ?? (given.rate === undefined ? 1 : Number.MAX_SAFE_INTEGER)
  return { count, rate, after, on: on.toLowerCase(), ms, bytes, code }
}

/** A bare number is a count, except for a delay, where it is its length, on every call. */
function fromNumber(name: FaultName, amount: number): Exclude<Arming, number> {
  return name === 'latencyMs' ? { rate: 1, ms: amount } : { count: amount }
}
