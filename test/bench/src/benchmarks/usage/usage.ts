// What it costs to read who uses what: the calls of one reading of a Security Center, and the time and memory of a large
// one and of a large licence report.
//
// The Security Center is the practice server on the same machine, in this process; the reader is a process of its own,
// whose peak memory is measured with Node itself and the sources' type stripping included. "Beyond the server" is the
// reader's time without the time in which the server computed its answers. It does not show a real network, where a call
// takes 20 ms and more, nor how long a real server thinks.
import { usageTruth, createSandbox, type Sandbox, type SandboxOptions } from '@trueup/sandbox'
import type { Benchmark, BenchmarkOptions, Figure } from '../../benchmark.ts'
import { readApart, type ReadingRequest } from './read-apart.ts'
import { writeReport } from './write-report.ts'

const medium = { virtualServers: 200, devices: 4_000, keys: 25 }
const large = { virtualServers: 2_000, devices: 100_000, keys: 25 }
const megabytes = [5, 50] as const

/** `npm run bench -- usage` */
export const usageBenchmark: Benchmark = {
  name: 'usage',
  measure: async (options) => [
    ...(await measureMedium(options)),
    ...(await measureLarge(options)),
    ...(await measureReports(options)),
  ],
}

async function measureMedium({ seed, say }: BenchmarkOptions): Promise<Figure[]> {
  const size = '200 virtual servers, 4,000 devices, 12 of 25 keys active'
  say(size)
  return await withSandbox({ ...medium, seed }, async (sandbox) => {
    const wide = await readFrom(sandbox, 'DETECT')
    const calls = sandbox.calls().total
    const single = await readFrom(sandbox, 'PER_SERVER')
    return [
      { name: size, value: calls, unit: 'calls', bar: '<= 35' },
      { name: `${size}: wrong counts`, value: wide.wrong, unit: 'counts', bar: '= 0' },
      {
        name: `${size}: one by one, wrong counts`,
        value: single.wrong,
        unit: 'counts',
        bar: '= 0',
      },
      { name: `${size}: one by one`, value: sandbox.calls().total, unit: 'calls' },
    ]
  })
}

async function measureLarge({ seed, say }: BenchmarkOptions): Promise<Figure[]> {
  const size = '2,000 virtual servers, 100,000 devices'
  say(size)
  return await withSandbox({ ...large, seed }, async (sandbox) => {
    const { wrong, seconds, peakMegabytes } = await readFrom(sandbox, 'DETECT')
    const { log, total } = sandbox.calls()
    const server = log.reduce((sum, call) => sum + call.durationMs, 0) / 1_000
    return [
      { name: `${size}: beyond the server`, value: seconds - server, unit: 's', bar: '< 20' },
      { name: `${size}: the server's own`, value: server, unit: 's' },
      { name: `${size}: peak memory`, value: peakMegabytes, unit: 'MB', bar: '< 400' },
      { name: `${size}: wrong counts`, value: wrong, unit: 'counts', bar: '= 0' },
      { name: size, value: total, unit: 'calls' },
    ]
  })
}

async function measureReports({ say }: BenchmarkOptions): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const size of megabytes) {
    const name = `licence report of ${size} MB`
    say(name)
    const report = await writeReport(size)
    try {
      const { seconds, peakMegabytes, counts } = await readApart({ report: report.path })
      if (counts.join() !== report.counts.join()) throw new Error('The report was read wrongly.')
      figures.push(
        { name, value: seconds, unit: 's' },
        { name: `${name}: peak memory`, value: peakMegabytes, unit: 'MB', bar: '< 400' },
      )
    } finally {
      await report.remove()
    }
  }
  return figures
}

async function withSandbox(
  options: SandboxOptions,
  work: (sandbox: Sandbox) => Promise<Figure[]>,
): Promise<Figure[]> {
  const sandbox = await createSandbox(options)
  try {
    return await work(sandbox)
  } finally {
    await sandbox.close()
  }
}

/** Reads in a process of its own and compares every count with the truth. */
async function readFrom(sandbox: Sandbox, plan: 'DETECT' | 'PER_SERVER') {
  sandbox.clearCalls()
  const { url, user, password, certificateSha256 } = sandbox.connection.securityCenter
  const nowMs = sandbox.world.clock.now().getTime()
  const request: ReadingRequest = { url, user, password, sha256: certificateSha256, plan, nowMs }
  const measured = await readApart(request)
  const truth = usageTruth(sandbox.world.security, sandbox.world.clock.now()).map((row) =>
    [row.virtualServerUid, row.application, row.category, row.devices].join('/'),
  )
  const read = new Set(measured.counts)
  const missing = truth.filter((count) => !read.has(count)).length
  return { ...measured, wrong: missing + Math.max(0, read.size - truth.length) }
}
