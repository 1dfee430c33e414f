import { isAscii } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { UnreadableReport } from '../problem.ts'

/** The code pages that Excel writes CSV files in, by the country Windows is set to. */
export const LEGACY_ENCODINGS = [
  'windows-1250',
  'windows-1251',
  'windows-1252',
  'windows-1253',
  'windows-1254',
  'windows-1257',
] as const

/** A code page with one byte for each letter. Nothing in a file says which it is. */
export type LegacyEncoding = (typeof LEGACY_ENCODINGS)[number]

/** How the text of a file is written; `ascii` when every reading gives the same. */
export type TextEncoding = 'ascii' | 'utf-8' | 'utf-16le' | 'utf-16be' | LegacyEncoding

/** Bytes looked at from the first letter on that is not plain ASCII. */
const SAMPLE_BYTES = 64 * 1024

/** Text, and how it turned out to be written; known once all of it was read. */
export interface DecodedText {
  readonly text: AsyncGenerator<string>
  encoding(): TextEncoding
}

/**
 * Decodes a file as it comes. A byte order mark decides; without one UTF-16 is known by its zero bytes, UTF-8 by
 * being valid, and everything else is `legacy`. The decision waits for the first letter that is not ASCII, because
 * a report may begin with a thousand plain rows. Throws {@link UnreadableReport} for bytes that are no text.
 */
export function decodeText(bytes: AsyncGenerator<Buffer>, legacy: LegacyEncoding): DecodedText {
  let encoding: TextEncoding = 'ascii'

  async function* decode(): AsyncGenerator<string> {
    let decoder: TextDecoder | null = null
    let held = Buffer.alloc(0)
    let isStart = true
    for await (const chunk of bytes) {
      if (decoder !== null) {
        yield decodeWith(decoder, chunk)
        continue
      }
      held = Buffer.concat([held, chunk])
      const decided = decide(held, { isStart, isWhole: false, legacy })
      if (decided === 'WAIT') continue
      isStart = false
      encoding = decided
      if (decided !== 'ascii') decoder = new TextDecoder(decided, { fatal: true })
      yield decoder === null ? held.toString('latin1') : decodeWith(decoder, held)
      held = Buffer.alloc(0)
    }
    if (decoder === null && held.length > 0) {
      const decided = decide(held, { isStart, isWhole: true, legacy })
      encoding = decided === 'WAIT' ? encoding : decided
      decoder = new TextDecoder(encoding, { fatal: true })
      yield decodeWith(decoder, held)
    }
    if (decoder !== null) yield decodeWith(decoder, null)
  }

  return { text: decode(), encoding: () => encoding }
}

interface Situation {
  readonly isStart: boolean
  readonly isWhole: boolean
  readonly legacy: LegacyEncoding
}

function decide(held: Buffer, { isStart, isWhole, legacy }: Situation): TextEncoding | 'WAIT' {
  if (isStart && held.length < 4 && !isWhole) return 'WAIT'
  const marked = isStart ? detectMarked(held) : null
  if (marked !== null) return marked
  if (isAscii(held)) return 'ascii'
  if (held.length < SAMPLE_BYTES && !isWhole) return 'WAIT'
  return isUtf8Prefix(held) ? 'utf-8' : legacy
}

/** By byte order mark, or by the zero bytes of UTF-16: its first letters are those of a title. */
function detectMarked(bytes: Buffer): TextEncoding | null {
  const [first, second, third, fourth] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return 'utf-16le'
  if (first === 0 && second !== 0 && third === 0 && fourth !== 0) return 'utf-16be'
  return null
}

/** Whether the bytes begin a text in UTF-8; the last letter may be cut. */
function isUtf8Prefix(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

/** `null` ends the text: a letter that is still cut then is no letter. */
function decodeWith(decoder: TextDecoder, bytes: Buffer | null): string {
  try {
    return bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true })
  } catch {
    throw new UnreadableReport('REPORT_ENCODING_BROKEN', { value: decoder.encoding })
  }
}
