import { afterEach, describe, expect, test } from 'vitest'
import { databaseKinds, type DatabaseKind } from '../../../test/kit/databases.ts'
import { mapCustomers, type MappedCustomer } from '../../../test/kit/map-customers.ts'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'
import { BillingRunEntity } from '../run/billing-run.entity.ts'

interface OpenLine {
  readonly tenant: { readonly id: string }
  readonly contract: { readonly id: string }
  readonly service: { readonly id: string }
  readonly ownership: string
  readonly unfedBecause: string | null
  readonly units: number | null
  readonly moneyPerMonth: string | null
}
interface LineInput {
  readonly contractId: string
  readonly serviceId: string
}
interface Preview {
  readonly lines: readonly {
    readonly verdict: string
    readonly code: string | null
    readonly nextRunUnits: number | null
    readonly changes: readonly {
      readonly before: number
      readonly after: number
      readonly seal: string
    }[]
  }[]
}
interface Released {
  readonly run: {
    readonly id: string
    readonly trigger: string
    readonly status: string
    readonly totals: { readonly confirmed: number }
  } | null
  readonly problems: readonly { readonly code: string }[]
}

const SMALL = { seed: 3, virtualServers: 8, devices: 80, switches: { serviceTimeMs: 0 } }

describe.each(databaseKinds)('lines that nothing feeds any more, on %s', (kind: DatabaseKind) => {
  let practice: Practice
  afterEach(() => practice.close())

  async function startBilled(): Promise<MappedCustomer[]> {
    practice = await startPractice(kind, SMALL)
    const customers = await mapCustomers(practice)
    await runNow()
    return customers
  }

  async function ask<Data>(query: string, variables: object = {}): Promise<Data> {
    const { data, errors } = await practice.trueup.ask<Data>(query, {
      id: practice.integrationId,
      ...variables,
    })
    expect(errors).toEqual([])
    return data
  }

  async function runNow(): Promise<number> {
    const { runNow: answer } = await ask<{ runNow: Released }>(
      'mutation ($id: ID!) { runNow(integrationId: $id, wait: true) { run { totals { confirmed } } } }',
    )
    return answer.run?.totals.confirmed ?? -1
  }

  async function readOpen(tenantId: string | null = null): Promise<readonly OpenLine[]> {
    const answer = await ask<{ openLines: readonly OpenLine[] }>(
      `query ($id: ID!, $tenantId: ID) { openLines(integrationId: $id, tenantId: $tenantId) {
        tenant { id } contract { id } service { id } ownership unfedBecause units moneyPerMonth } }`,
      { tenantId },
    )
    return answer.openLines
  }

  async function preview(lines: readonly LineInput[]): Promise<Preview> {
    const answer = await ask<{ releasePreview: Preview }>(
      `query ($id: ID!, $lines: [LineInput!]!) { releasePreview(integrationId: $id, lines: $lines) {
        lines { verdict code nextRunUnits changes { before after seal } } } }`,
      { lines },
    )
    return answer.releasePreview
  }

  async function release(
    lines: readonly LineInput[],
    seals: readonly string[] | null = null,
  ): Promise<Released> {
    const answer = await ask<{ release: Released }>(
      `mutation ($id: ID!, $lines: [LineInput!]!, $seals: [String!]) {
        release(integrationId: $id, lines: $lines, seals: $seals) {
          run { id trigger status totals { confirmed } } problems { code } } }`,
      { lines, seals },
    )
    return answer.release
  }

  async function setBilling(tenantId: string, enabled: boolean): Promise<void> {
    const { tenant } = await ask<{ tenant: { mapping: { version: number } } }>(
      'query ($tenant: ID!) { tenant(id: $tenant) { mapping { version } } }',
      { tenant: tenantId },
    )
    const { version } = tenant.mapping
    await ask(
      `mutation ($tenantId: ID!, $version: Int!, $enabled: Boolean!) {
        setBilling(tenantId: $tenantId, version: $version, billingEnabled: $enabled) { problems { code } } }`,
      { tenantId, version, enabled },
    )
  }

  const codes = (answer: Released): string[] => answer.problems.map(({ code }) => code)

  test('are listed with their reason, previewed, released as a run, and billed again only when mapped again', async () => {
    const customers = await startBilled()
    expect(await readOpen()).toEqual([])
    const billed = await practice.trueup.ask<{
      adjustments: { nodes: { tenant: { id: string } }[] }
    }>(
      `query ($id: ID!) { adjustments(integrationId: $id, filter: { status: [CONFIRMED] }) { nodes { tenant { id } } } }`,
      { id: practice.integrationId },
    )
    const tenantId = billed.data.adjustments.nodes[0]?.tenant.id ?? ''
    const customer = customers.find((one) => one.tenantId === tenantId)
    const before = unitsOn(practice, customer?.contract)
    await setBilling(tenantId, false)

    const open = await readOpen(tenantId)
    expect(open.length).toBeGreaterThan(0)
    expect(new Set(open.map(({ unfedBecause }) => unfedBecause))).toEqual(new Set(['BILLING_OFF']))
    expect(
      open.every(({ units, moneyPerMonth }) => (units ?? 0) > 0 && moneyPerMonth !== null),
    ).toBe(true)
    // Switching off changed nothing by itself, and neither does a run.
    expect(await runNow()).toBe(0)
    expect(unitsOn(practice, customer?.contract)).toEqual(before)

    const lines = open.map(toInput)
    const shown = await preview(lines)
    expect(shown.lines.map(({ verdict, nextRunUnits }) => [verdict, nextRunUnits])).toEqual(
      open.map(() => ['READY', null]),
    )
    const seals = shown.lines.flatMap(({ changes }) => changes.map(({ seal }) => seal))
    const { run, problems } = await release(lines, seals)
    expect(problems).toEqual([])
    expect([run?.trigger, run?.status, run?.totals.confirmed]).toEqual([
      'RELEASE',
      'COMPLETED',
      seals.length,
    ])
    expect(await readOpen(tenantId)).toEqual([])
    expect(unitsOn(practice, customer?.contract)).not.toEqual(before)
    expect((await preview(lines)).lines.map(({ code }) => code)).toEqual(
      lines.map(() => 'NOTHING_TO_RELEASE'),
    )

    await setBilling(tenantId, true)
    expect(await runNow()).toBe(open.length)
    expect(unitsOn(practice, customer?.contract)).toEqual(before)

    // Whatever happened since: the release can be computed again.
    const { replay } = await ask<{ replay: object }>(
      `query ($run: ID!) { replay(runId: $run) { unavailable adjustments differences { because } } }`,
      { run: run?.id },
    )
    expect(replay).toEqual({ unavailable: null, adjustments: seals.length, differences: [] })
  })

  test('are not released while a mapping feeds them, unless they are stopped', async () => {
    await startBilled()
    const { data } = await practice.trueup.ask<{
      adjustments: { nodes: { contract: { id: string }; service: { id: string } }[] }
    }>(
      `query ($id: ID!) { adjustments(integrationId: $id, first: 1, filter: { status: [CONFIRMED] }) {
        nodes { contract { id } service { id } } } }`,
      { id: practice.integrationId },
    )
    const lines = data.adjustments.nodes.map(toInput)
    expect(codes(await release(lines))).toEqual(['LINE_STILL_BILLED'])
    const unknown = [{ contractId: 'nowhere', serviceId: 'nothing' }]
    expect(codes(await release(unknown))).toEqual(['LINE_NOT_FOUND'])

    const stopped = await ask<{ stopLines: { ok: boolean } }>(
      'mutation ($id: ID!, $lines: [LineInput!]!) { stopLines(integrationId: $id, lines: $lines) { ok } }',
      { lines },
    )
    expect(stopped.stopLines.ok).toBe(true)
    expect((await release(lines)).run?.totals.confirmed).toBe(1)
    expect(await runNow()).toBe(0)
    expect((await readOpen()).map(({ ownership }) => ownership)).toEqual(['STOPPED'])
  })

  test('a release whose process died is settled and bills nothing', async () => {
    const customers = await startBilled()
    for (const { tenantId } of customers) await setBilling(tenantId, false)
    const { run } = await release((await readOpen()).map(toInput))
    const { services, schedule } = practice.trueup.app
    // As a process leaves it that dies at work: the run is at work by the books, and nobody holds the lease.
    await services.orm.em
      .fork()
      .nativeUpdate(BillingRunEntity, { id: run?.id ?? '' }, { status: 'RUNNING' })
    for (const { tenantId } of customers) await setBilling(tenantId, true)
    const written = practice.sandbox.state().adjustments.length
    await schedule.tick()
    await services.background.settle()
    expect(practice.sandbox.state().adjustments.length).toBe(written)
    const { billingRuns } = await ask<{
      billingRuns: { nodes: { trigger: string; status: string; problems: { code: string }[] }[] }
    }>(
      'query ($id: ID!) { billingRuns(integrationId: $id, first: 1) { nodes { trigger status problems { code } } } }',
    )
    expect(billingRuns.nodes).toEqual([
      { trigger: 'RELEASE', status: 'FAILED', problems: [{ code: 'RUN_INTERRUPTED' }] },
    ])
  })

  test('only administrators and automation preview and undo', async () => {
    practice = await startPractice(kind, SMALL)
    const { data } = await practice.trueup.ask<{ createApiToken: { secret: string } }>(
      'mutation { createApiToken(input: { name: "reports", role: READER }) { secret } }',
    )
    const style = { token: data.createApiToken.secret }
    const { integrationId: id, trueup } = practice
    const refused = async (query: string): Promise<string[]> =>
      (await trueup.ask(query, { id }, style)).errors.map(({ extensions }) => extensions.code)
    const open = 'query ($id: ID!) { openLines(integrationId: $id) { units } }'
    expect(await refused(open)).toEqual([])
    const look =
      'query ($id: ID!) { releasePreview(integrationId: $id, lines: []) { money { money } } }'
    expect(await refused(look)).toEqual(['FORBIDDEN'])
    const undo =
      'mutation ($id: ID!) { takeBack(what: { runId: $id }, afterwards: BILL_AGAIN) { run { id } } }'
    expect(await refused(undo)).toEqual(['FORBIDDEN'])
  })
})

function toInput({ contract, service }: Pick<OpenLine, 'contract' | 'service'>): LineInput {
  return { contractId: contract.id, serviceId: service.id }
}

/** Units of a contract's lines that carry any, by period. */
function unitsOn({ sandbox }: Practice, contract = 0): string[] {
  return sandbox
    .state()
    .unitPeriods.filter(({ contractID, units }) => contractID === contract && units > 0)
    .map(({ serviceID, startDate, units }) => `${serviceID} ${startDate}: ${units}`)
    .sort()
}
