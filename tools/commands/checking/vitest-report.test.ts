import { expect, test } from 'vitest'
import { readVitestReport } from './vitest-report.mjs'

const file = (status: string, tests: string[]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: tests.map((outcome, index) => ({ status: outcome, fullName: `test ${index}` })),
})
const read = (code: number | string, files: object[] | null) =>
  readVitestReport({
    code,
    output: 'what vitest said',
    report: files === null ? null : JSON.stringify({ testResults: files }),
  })

test('passed and failed tests are counted, and what vitest said is shown', () => {
  expect(read(1, [file('failed', ['passed', 'failed', 'passed'])])).toEqual({
    passed: 2,
    failed: 1,
    skipped: 0,
    detail: 'what vitest said',
  })
})

test('success is quiet', () => {
  expect(read(0, [file('passed', ['passed'])]).detail).toBe('')
})

test('skipped tests are counted and named', () => {
  const result = read(0, [file('passed', ['passed', 'skipped', 'todo'])])
  expect(result).toMatchObject({ passed: 1, failed: 0, skipped: 2 })
  expect(result.detail).toContain('a.test.ts: test 1')
})

test('a file that does not load is a failure', () => {
  expect(read(1, [file('passed', ['passed']), file('failed', [])])).toMatchObject({
    passed: 1,
    failed: 1,
  })
})

test('a run without a result is a failure that says how it ended', () => {
  const result = read('SIGKILL', null)
  expect(result.failed).toBe(1)
  expect(result.detail).toContain('SIGKILL')
})

test('a run that ends badly although every test passed is a failure', () => {
  expect(read(1, [file('passed', ['passed'])])).toMatchObject({ passed: 1, failed: 1 })
})

test('a run that finds no tests is a failure', () => {
  expect(read(0, [])).toMatchObject({ passed: 0, failed: 1 })
})
