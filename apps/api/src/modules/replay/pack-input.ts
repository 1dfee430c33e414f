import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, constants } from 'node:zlib'
import { NO_BRAKES, type CounterInput, type ReconcileInput, type ReplayInput } from '@trueup/core'

/**
 * What a billing run's plan followed from, without the readings themselves: those are kept as snapshots, and named here. Everything
 * else may change or vanish later, so it is kept as it was.
 */
interface StoredReadings extends Omit<ReconcileInput, 'usage'> {
  readonly snapshotIds: readonly string[]
  /** Whether the readings came with their devices. */
  readonly withDevices: boolean
}

/** What a run's plan followed from, as it is kept. A run that undoes reads no usage: it is kept whole. */
export type StoredInput = StoredReadings | CounterInput

const compress = promisify(brotliCompress)
const decompress = promisify(brotliDecompress)

/** Beyond this the last per cent cost more time than a run has. */
const QUALITY = 5

/** The input as compressed JSON: about 20 bytes for a line with its periods. */
export async function packInput(input: ReplayInput): Promise<Buffer> {
  const stored: StoredInput = 'counters' in input ? input : nameReadings(input)
  const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY }
  return compress(Buffer.from(JSON.stringify(stored)), { params })
}

function nameReadings({ usage, ...input }: ReconcileInput): StoredReadings {
  const readings = usage.flatMap((tenant) => tenant.readings)
  return {
    ...input,
    snapshotIds: [...new Set(readings.map(({ snapshotId }) => snapshotId))],
    withDevices: input.serviceMappings.some(({ counting }) => counting.excludedDevices.length > 0),
  }
}

/** The other way round. What is stored was written by {@link packInput}, maybe before a limit existed. */
export async function unpackInput(body: Uint8Array): Promise<StoredInput> {
  const stored = JSON.parse((await decompress(body)).toString('utf8')) as StoredInput
  const { settings } = stored
  return { ...stored, settings: { ...settings, brakes: { ...NO_BRAKES, ...settings.brakes } } }
}
