import { expect, test } from 'vitest'

const files = import.meta.glob('../scenarios/*/*.test.ts', { query: '?raw', import: 'default' })

/** The table as the README has it: what stands in the first column, and the scenarios behind it. */
async function readTable(): Promise<ReadonlyMap<string, readonly string[]>> {
  const { default: readme } = await import('../scenarios/README.md?raw')
  const rows = readme.split('\n').filter((line) => line.startsWith('|') && line.includes('`'))
  return new Map(
    rows.map((row) => [
      row.split('|')[1]?.trim() ?? '',
      [...row.matchAll(/`([^`]+)`/gu)].map(([, name = '']) => name),
    ]),
  )
}

test('each of the rules 1 to 19 has its scenarios', async () => {
  const rules = [...(await readTable()).keys()].filter((key) => /^\d+$/u.test(key)).map(Number)
  expect(rules).toEqual(Array.from({ length: 19 }, (_, index) => index + 1))
})

test('every scenario that is named exists, and every one that exists is named', async () => {
  const { default: readme } = await import('../scenarios/README.md?raw')
  const named = [...readme.matchAll(/`([a-z-]+\/[a-z-]+)`/gu)].map(([, name]) => name)
  const existing = Object.keys(files).map((path) => {
    return path.replace('../scenarios/', '').replace('.test.ts', '')
  })
  expect([...new Set(named)].sort()).toEqual(existing.sort())
})

test('every scenario says which rule or failure it is about, and draws its time-line', async () => {
  const plain: string[] = []
  for (const [path, read] of Object.entries(files)) {
    const text = await read()
    const drawing = /\/\*\n \* [\s\S]*?\n \*     \S[\s\S]*?\*\//u
    if (!drawing.test(text)) plain.push(path)
  }
  expect(plain).toEqual([])
})
