import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LegacyEncoding } from './text.ts'
import { decodeText } from './text.ts'

async function decode(
  bytes: Buffer,
  chunkBytes = 5,
  legacy: LegacyEncoding = 'windows-1252',
): Promise<{ text: string; encoding: string }> {
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
  }
  const decoded = decodeText(chunks(), legacy)
  let text = ''
  for await (const part of decoded.text) text += part
  return { text, encoding: decoded.encoding() }
}

const BOM = Buffer.from('\uFEFF')

function utf16be(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16()
}

test.for([
  ['plain ASCII', Buffer.from('Company;Used'), 'Company;Used', 'ascii'],
  ['UTF-8', Buffer.from('Größe;12'), 'Größe;12', 'utf-8'],
  ['UTF-8 with a mark', Buffer.concat([BOM, Buffer.from('Größe')]), 'Größe', 'utf-8'],
  ['UTF-8 with a mark and only ASCII', Buffer.concat([BOM, Buffer.from('A')]), 'A', 'utf-8'],
  ['UTF-16', Buffer.from('\uFEFFGröße', 'utf16le'), 'Größe', 'utf-16le'],
  ['UTF-16 without a mark', Buffer.from('Größe', 'utf16le'), 'Größe', 'utf-16le'],
  ['UTF-16 the other way round', utf16be('\uFEFFGröße'), 'Größe', 'utf-16be'],
  ['UTF-16 the other way round, no mark', utf16be('Größe'), 'Größe', 'utf-16be'],
  ['windows-1252', Buffer.from('Größe 5 \x80', 'latin1'), 'Größe 5 €', 'windows-1252'],
  ['nothing', Buffer.alloc(0), '', 'ascii'],
] as const)('%s is recognised', async ([, bytes, text, encoding]) => {
  for (const chunkBytes of [1, 2, 3, 1_000]) {
    expect(await decode(bytes, chunkBytes)).toEqual({ text, encoding })
  }
})

test('a file may be plain for a long time before its first letter decides', async () => {
  const plain = 'Company;1\n'.repeat(20_000)
  const utf8 = await decode(Buffer.from(`${plain}Größe;2`), 4_096)
  const legacy = await decode(Buffer.from(`${plain}Größe;2`, 'latin1'), 4_096)
  expect(utf8).toEqual({ text: `${plain}Größe;2`, encoding: 'utf-8' })
  expect(legacy).toEqual({ text: `${plain}Größe;2`, encoding: 'windows-1252' })
})

test('the code page is the one that was chosen', async () => {
  expect((await decode(Buffer.from([0xb9, 0xbf]), 5, 'windows-1250')).text).toBe('ąż')
  expect((await decode(Buffer.from([0xca, 0xee]), 5, 'windows-1251')).text).toBe('Ко')
})

test('bytes that stop being UTF-8 in the middle are refused, not replaced', async () => {
  const broken = Buffer.concat([Buffer.from('ö'.repeat(70_000)), Buffer.from([0xff])])
  await expect(decode(broken, 4_096)).rejects.toMatchObject({
    problem: { code: 'REPORT_ENCODING_BROKEN' },
  })
})

test('any text in any Unicode encoding comes back as it was, however it is cut', async () => {
  const texts = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((text) => !text.includes('\0') && !text.startsWith('\uFEFF'))
  await fc.assert(
    fc.asyncProperty(texts, fc.integer({ min: 1, max: 9 }), async (text, chunkBytes) => {
      const marked = `\uFEFF${text}`
      expect((await decode(Buffer.from(marked), chunkBytes)).text).toBe(text)
      expect((await decode(Buffer.from(marked, 'utf16le'), chunkBytes)).text).toBe(text)
      expect((await decode(utf16be(marked), chunkBytes)).text).toBe(text)
      expect((await decode(Buffer.from(`Title ${text}`), chunkBytes)).text).toBe(`Title ${text}`)
    }),
    { numRuns: 200 },
  )
})
