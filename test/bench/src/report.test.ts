import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { alternate, summarize } from './alternate.ts'
import { holdsBar } from './benchmark.ts'
import { buildResult, drawTable, writeResult } from './report.ts'

const figures = [
  { name: '100,000 lines', value: 812.5, unit: 'ms', spread: 12, bar: '<= 1000' },
  { name: 'plan against parse', value: 1.25, unit: 'ratio', against: 'JSON.parse', bar: '< 1' },
  { name: 'peak memory', value: 240, unit: 'MB' },
] as const
const result = buildResult({ name: 'plan', at: new Date(0), seed: 7 }, figures)

test('a figure with a bar says whether it holds, one without says nothing', () => {
  expect(result.figures.map((figure) => figure.holds)).toEqual([true, false, undefined])
})

test.for([
  ['<= 1', true],
  ['< 1', false],
  ['>= 1', true],
  ['> 1', false],
  ['= 1', true],
] as const)('1 against the bar %s: %s', ([bar, holds]) => {
  expect(holdsBar({ value: 1, bar })).toBe(holds)
})

test('the result file is JSON that names machine, seed and instant', () => {
  const folder = mkdtempSync(join(tmpdir(), 'trueup-bench-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const written: unknown = JSON.parse(
    readFileSync(writeResult(join(folder, 'results'), result), 'utf8'),
  )
  expect(written).toMatchObject({ name: 'plan', seed: 7, at: '1970-01-01T00:00:00.000Z' })
  expect(written).toHaveProperty('machine', expect.stringContaining(process.version))
})

test('the table shows a missed bar loudly', () => {
  const lines = drawTable([result]).split('\n')
  expect(lines[2]).toMatch(/plan\s+100,000 lines\s+812\.5\s+ms\s+± 12\s+<= 1000\s+yes/u)
  expect(lines[3]).toMatch(/1\.25\s+ratio\s+JSON\.parse\s+< 1\s+NO/u)
})

test('works take turns, and warming up is not counted', async () => {
  const order: string[] = []
  const summaries = await alternate(
    { ours: () => order.push('ours'), theirs: () => order.push('theirs') },
    { rounds: 2, warmUpRounds: 1 },
  )
  expect(order).toEqual(['theirs', 'ours', 'ours', 'theirs', 'theirs', 'ours'])
  expect(summaries.ours.median).toBeGreaterThanOrEqual(0)
})

test('the median and the spread come from the quartiles', () => {
  expect(summarize([5, 1, 2, 4, 3])).toEqual({ median: 3, spread: 1 })
})
