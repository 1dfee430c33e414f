// The process that readApart starts: reads one source and prints what it read and what that took.
import { createReadStream } from 'node:fs'
import type { Day, UsageReading } from '@trueup/core'
import { createSecurityCenter, proposeProfile, readLicenceReport } from '@trueup/kaspersky'
import type { ApartReading, ReadingRequest, ReportRequest } from './read-apart.ts'

const request = JSON.parse(process.argv[2] ?? '') as ReadingRequest | ReportRequest
const startedMs = performance.now()
const reading = 'report' in request ? await readReport(request) : await readCenter(request)
const seconds = (performance.now() - startedMs) / 1_000
const result: ApartReading = {
  seconds,
  peakMegabytes: process.resourceUsage().maxRSS / 1_024,
  counts: countsOf(reading),
}
process.stdout.write(JSON.stringify(result))

async function readCenter(given: ReadingRequest): Promise<UsageReading> {
  const { url, user, password, sha256, plan, nowMs } = given
  const source = createSecurityCenter({
    url,
    credentials: { user, password },
    trust: { kind: 'PIN', sha256 },
    plan,
    clock: { nowMs: () => nowMs, sleep: async () => undefined },
  })
  return await source.readUsage({})
}

async function readReport({ report }: ReportRequest): Promise<UsageReading> {
  const { profile } = await proposeProfile(createReadStream(report))
  if (profile === null) throw new Error('No profile was proposed.')
  const receivedDay = '2026-06-15' as Day
  const { reading: read, problems } = await readLicenceReport(createReadStream(report), profile, {
    receivedDay,
  })
  if (read === null) throw new Error(`Refused: ${JSON.stringify(problems[0])}`)
  return read
}

function countsOf({ readings }: UsageReading): string[] {
  return readings.flatMap((one) => {
    if (!one.complete) return []
    return one.applications.flatMap(({ application, unit, quantity, byCategory }) =>
      Object.entries(byCategory ?? { [unit]: quantity })
        .filter(([, count]) => count > 0)
        .map(([part, count]) => [one.tenant, application, part, count].join('/')),
    )
  })
}
