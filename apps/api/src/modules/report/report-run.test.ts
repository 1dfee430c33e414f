import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/kit/databases.ts'
import { mapInOrder } from '../../../test/kit/map-customers.ts'
import { codesOf, importText, storeReportIntegration, usageOf } from '../../../test/kit/reports.ts'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'

interface Run {
  status: string
  problems: { code: string; facts: { name: string; value: string | null }[] }[]
  adjustments: { nodes: { tenant: { name: string }; after: number; status: string }[] }
  findings: { nodes: { code: string; tenant: { name: string } | null }[] }
}

const RUN = `mutation($id: ID!) { runNow(integrationId: $id, wait: true) { run {
  status problems { code facts { name value } }
  adjustments(first: 100) { nodes { tenant { name } after status } }
  findings(first: 100) { nodes { code tenant { name } } } } } }`

describe.each(databaseKinds)('billing by licence reports, on %s', (kind) => {
  let practice: Practice
  let reports: Practice
  beforeAll(async () => {
    practice = await startPractice(kind)
    const { trueup, sandbox } = practice
    reports = { ...practice, integrationId: await storeReportIntegration(trueup, { sandbox }) }
  })
  afterAll(() => practice.close())

  const run = async (): Promise<Run> => {
    const { trueup, integrationId: id } = reports
    return (await trueup.ask<{ runNow: { run: Run } }>(RUN, { id })).data.runNow.run
  }
  const importToday = async (): Promise<string[]> => {
    const { trueup, sandbox, integrationId } = reports
    const response = await fetch(`${sandbox.connection.control}/licence-report?locale=de-DE`)
    return codesOf(
      await importText(trueup, integrationId, Buffer.from(await response.arrayBuffer())),
    )
  }

  test('before the first report a run fails and says why; with it, what is reported is billed', async () => {
    const failed = await run()
    expect(failed.status).toBe('FAILED')
    expect(failed.problems[0]?.facts).toContainEqual({ name: 'code', value: 'REPORT_MISSING' })

    expect(await importToday()).toEqual([])
    const application = await mapInOrder(reports)
    const billed = await run()
    expect(billed.status).toMatch(/^COMPLETED/u)
    const nodes = withoutHeld(billed)
    expect(nodes.length).toBeGreaterThan(0)
    const used = new Set(await usageOf(reports.trueup, reports.integrationId))
    for (const { tenant, after, status } of nodes) {
      expect(status).toBe('CONFIRMED')
      expect(used).toContain(`${tenant.name} / ${application}: ${after}`)
    }
    expect(withoutHeld(await run())).toEqual([])
  })

  test('a report that has grown too old bills nobody any more, and each finding says so', async () => {
    reports.sandbox.advance(7)
    reports.trueup.clock.advance(1_000)
    const { findings, adjustments } = await run()
    expect(adjustments.nodes).toEqual([])
    const old = findings.nodes.filter(({ code }) => code === 'READING_TOO_OLD')
    expect(old.length).toBeGreaterThan(0)
    expect(await importToday()).toEqual([])
    const codes = (await run()).findings.nodes.map(({ code }) => code)
    expect(codes).not.toContain('READING_TOO_OLD')
  })
})

/** Some contracts carry units by hand, which wait for a person. */
function withoutHeld({ adjustments }: Run): Run['adjustments']['nodes'] {
  return adjustments.nodes.filter(({ status }) => status !== 'HELD')
}
