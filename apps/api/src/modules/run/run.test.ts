import { afterEach, describe, expect, test } from 'vitest'
import { databaseKinds, type DatabaseKind } from '../../../test/kit/databases.ts'
import { mapCustomers, type MappedCustomer } from '../../../test/kit/map-customers.ts'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'

interface RunAnswer {
  readonly run: {
    readonly id: string
    readonly status: string
    readonly totals: {
      readonly adjustments: number
      readonly confirmed: number
      readonly unknown: number
      readonly held: number
    }
    readonly problems: readonly { readonly code: string }[]
    readonly adjustments: { readonly nodes: readonly AdjustmentNode[] }
  } | null
  readonly problems: readonly { readonly code: string }[]
}

interface AdjustmentNode {
  readonly id: string
  readonly status: string
  readonly before: number
  readonly change: number
  readonly after: number
  readonly effectiveDay: string
  readonly explanation: readonly string[]
  readonly hold: { readonly code: string; readonly exits: readonly string[] } | null
}

const RUN_FIELDS = `
  problems { code }
  run {
    id status totals { adjustments confirmed unknown held } problems { code }
    adjustments(first: 500) {
      nodes { id status before change after effectiveDay explanation hold { code exits } }
    }
  }`

async function runNow({ trueup, integrationId }: Practice): Promise<RunAnswer> {
  const query = `mutation ($id: ID!) { runNow(integrationId: $id, wait: true) { ${RUN_FIELDS} } }`
  const answer = await trueup.ask<{ runNow: RunAnswer }>(query, { id: integrationId })
  expect(answer.errors).toEqual([])
  return answer.data.runNow
}

async function preview({ trueup, integrationId }: Practice): Promise<RunAnswer> {
  const query = `mutation ($id: ID!) { preview(integrationId: $id) { ${RUN_FIELDS} } }`
  return (await trueup.ask<{ preview: RunAnswer }>(query, { id: integrationId })).data.preview
}

async function setApprovalMode({ trueup, integrationId }: Practice, mode: string): Promise<void> {
  const { data } = await trueup.ask<{ integration: { version: number } }>(
    'query ($id: ID!) { integration(id: $id) { version } }',
    { id: integrationId },
  )
  const { version } = data.integration
  const changed = await trueup.ask<{ updateIntegration: { problems: unknown[] } }>(
    `mutation ($id: ID!, $version: Int!, $input: UpdateIntegrationInput!) {
      updateIntegration(id: $id, version: $version, input: $input) { problems { code } } }`,
    { id: integrationId, version, input: { approvalMode: mode } },
  )
  expect(changed.data.updateIntegration.problems).toEqual([])
}

describe.each(databaseKinds)('a billing run, on %s', (kind: DatabaseKind) => {
  let practice: Practice
  afterEach(() => practice.close())

  async function startMapped(): Promise<MappedCustomer[]> {
    practice = await startPractice(kind, { seed: 3, switches: { serviceTimeMs: 0 } })
    return mapCustomers(practice)
  }

  test('brings every line to what is used, and running again posts nothing', async () => {
    const customers = await startMapped()
    const before = practice.sandbox.state().adjustments.length
    const first = await runNow(practice)
    expect(first.problems).toEqual([])
    expect(first.run?.problems).toEqual([])
    const statuses = new Set(first.run?.adjustments.nodes.map((node) => node.status))
    expect(statuses.has('CONFIRMED')).toBe(true)
    expect([...statuses].every((status) => ['CONFIRMED', 'HELD'].includes(status))).toBe(true)
    for (const node of first.run?.adjustments.nodes ?? []) {
      expect(node.after - node.before).toBe(node.change)
      expect(node.explanation.length).toBeGreaterThan(2)
    }
    const posted = practice.sandbox.state().adjustments.length - before
    expect(posted).toBe(first.run?.totals.confirmed)

    const second = await runNow(practice)
    expect(second.run?.totals.confirmed).toBe(0)
    expect(practice.sandbox.state().adjustments.length - before).toBe(posted)
    expect(customers.length).toBeGreaterThan(3)
  })

  test('says beforehand in a preview exactly what it then does', async () => {
    await startMapped()
    const shown = await preview(practice)
    const planned = shown.run?.adjustments.nodes ?? []
    expect(planned.length).toBeGreaterThan(3)
    expect(practice.sandbox.calls().byOperation['autotask.ContractServiceAdjustments.create']).toBe(
      undefined,
    )
    const done = await runNow(practice)
    const line = ({ before, change, after, effectiveDay }: AdjustmentNode): unknown => [
      before,
      change,
      after,
      effectiveDay,
    ]
    expect(done.run?.adjustments.nodes.map(line)).toEqual(planned.map(line))
  })

  test('confirms a post whose answer was lost, and bills nothing twice', async () => {
    await startMapped()
    const before = practice.sandbox.state().adjustments.length
    practice.sandbox.arm({ applyThenDrop: 1 })
    const { run } = await runNow(practice)
    expect(practice.sandbox.state().adjustments.length - before).toBe(run?.totals.confirmed)
    expect(run?.totals.adjustments).toBe(run?.totals.confirmed)
    expect(run?.totals.unknown).toBe(0)
    expect(run?.status).toMatch(/^COMPLETED/)
    const again = await runNow(practice)
    expect(again.run?.totals.confirmed).toBe(0)
  })

  test('waits for approval in manual mode, posts what is approved and leaves what is dismissed', async () => {
    await startMapped()
    await setApprovalMode(practice, 'MANUAL')
    const { run } = await runNow(practice)
    expect(run?.status).toBe('WAITING_FOR_APPROVAL')
    const planned = run?.adjustments.nodes.filter((node) => node.status === 'PLANNED') ?? []
    const [dismissed, held, ...approved] = planned.map((node) => node.id)
    expect(approved.length).toBeGreaterThan(1)

    const decide = (name: string, ids: readonly (string | undefined)[]): Promise<string[]> =>
      practice.trueup
        .ask<Record<string, { adjustments: { status: string }[] | null }>>(
          `mutation ($ids: [ID!]!) { ${name}(ids: $ids) { adjustments { status } problems { code } } }`,
          { ids },
        )
        .then(({ data }) => (data[name]?.adjustments ?? []).map((one) => one.status))
    expect(await decide('dismissAdjustments', [dismissed])).toEqual(['DISMISSED'])
    expect(await decide('holdAdjustments', [held])).toEqual(['HELD'])
    // Approved while Autotask is away: it waits as before, and the same approval works when Autotask is back.
    practice.sandbox.arm({ htmlError: { rate: 1 } })
    expect(new Set(await decide('approveAdjustments', approved))).toEqual(new Set(['PLANNED']))
    practice.sandbox.clearFaults()
    expect(new Set(await decide('approveAdjustments', approved))).toEqual(new Set(['CONFIRMED']))
    expect(await decide('approveAdjustments', approved)).toEqual([])

    const approvedLater = await practice.trueup.ask<{
      decideHold: { adjustments: { status: string }[] }
    }>(
      'mutation ($id: ID!) { decideHold(adjustmentId: $id, exit: APPROVE) { adjustments { status } } }',
      { id: held },
    )
    expect(approvedLater.data.decideHold.adjustments).toEqual([{ status: 'CONFIRMED' }])
  })

  test('fails with the reason when Autotask is away, and the next run does the work', async () => {
    await startMapped()
    practice.sandbox.arm({ htmlError: { rate: 1 } })
    const failed = await runNow(practice)
    expect(failed.run?.status).toBe('FAILED')
    expect(failed.run?.problems.map((problem) => problem.code)).toEqual(['VENDOR_FAILED'])
    practice.sandbox.clearFaults()
    const { run } = await runNow(practice)
    expect(run?.totals.confirmed).toBeGreaterThan(3)
  })
})
