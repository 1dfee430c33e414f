import { expect, test } from 'vitest'

const files = import.meta.glob('../src/**/*.ts', { query: '?raw', import: 'default' })
const LINES_OF_A_SCREEN = 60

/** What the index gives outside, with the file that each name is from. */
async function readIndex(): Promise<{ lines: number; names: { name: string; file: string }[] }> {
  const index = await readFile('./index.ts')
  const exports = [...index.matchAll(/^export (?:type )?\{ (.*) \} from '(.*)'$/gmu)]
  const names = exports.flatMap(([, list = '', file = '']) =>
    list.split(', ').map((name) => ({ name, file })),
  )
  return { lines: index.trim().split('\n').length, names }
}

async function readFile(path: string): Promise<string> {
  const read = files[path.replace('./', '../src/')]
  if (read === undefined) throw new Error(`There is no ${path}.`)
  return read()
}

test('the public names are listed by hand and fit on one screen', async () => {
  const { lines, names } = await readIndex()
  expect(lines).toBeLessThanOrEqual(LINES_OF_A_SCREEN)
  expect(names.length).toBeGreaterThan(lines)
  expect(new Set(names.map(({ name }) => name)).size).toBe(names.length)
})

test('every public name says what it is in a doc comment', async () => {
  const silent: string[] = []
  for (const { name, file } of (await readIndex()).names) {
    const declaration = String.raw`export (?:async )?(?:type|interface|class|const|function\*?) ${name}\b`
    const documented = new RegExp(String.raw`\*/\n${declaration}`, 'u')
    if (!documented.test(await readFile(file))) silent.push(`${file} ${name}`)
  }
  expect(silent).toEqual([])
})
