import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { holdsBar, type Figure } from './benchmark.ts'

/** The result of one benchmark, as its file holds it. */
export interface BenchmarkResult {
  readonly name: string
  /** ISO 8601, UTC. */
  readonly at: string
  readonly machine: string
  readonly seed: number
  readonly figures: readonly (Figure & { readonly holds?: boolean })[]
}

/** Puts figures into the form of the result file, each with a bar told whether it holds. */
export function buildResult(
  options: { readonly name: string; readonly at: Date; readonly seed: number },
  figures: readonly Figure[],
): BenchmarkResult {
  return {
    name: options.name,
    at: options.at.toISOString(),
    machine: describeMachine(),
    seed: options.seed,
    figures: figures.map((figure) => {
      const holds = holdsBar(figure)
      return holds === null ? figure : { ...figure, holds }
    }),
  }
}

/** Writes a result as `<name>.json` into a folder, which is made when it is missing; returns the file. */
export function writeResult(folder: string, result: BenchmarkResult): string {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${result.name}.json`)
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`)
  return file
}

/** All results as one table for people. */
export function drawTable(results: readonly BenchmarkResult[]): string {
  const header = ['benchmark', 'figure', 'value', 'unit', 'spread', 'against', 'bar', 'holds']
  const rows = results.flatMap(({ name, figures }) =>
    figures.map((figure) => [
      name,
      figure.name,
      formatNumber(figure.value),
      figure.unit,
      figure.spread === undefined ? '' : `± ${formatNumber(figure.spread)}`,
      figure.against ?? '',
      figure.bar ?? '',
      figure.holds === undefined ? '' : figure.holds ? 'yes' : 'NO',
    ]),
  )
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const draw = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column === 2 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd()
  return [header, widths.map((width) => '-'.repeat(width)), ...rows].map(draw).join('\n')
}

function formatNumber(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en')
  return value.toLocaleString('en', { maximumSignificantDigits: 4 })
}

function describeMachine(): string {
  const processors = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${processors.length} × ${processors[0]?.model ?? 'unknown processor'}, ${memory} GB, ${platform()} ${release()}, Node ${process.version}`
}
