import { afterEach, describe, expect, test } from 'vitest'
import { databaseKinds, type DatabaseKind } from '../../../test/kit/databases.ts'
import { mapCustomers } from '../../../test/kit/map-customers.ts'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'
import { AdjustmentEntity } from '../adjustment/adjustment.entity.ts'
import { RunInputEntity } from './run-input.entity.ts'
import { REPLAY_DAYS } from './store-run-input.ts'

interface Replay {
  readonly unavailable: string | null
  readonly storedBytes: number | null
  readonly engineThen: string | null
  readonly engineNow: string
  readonly linesCompared: number
  readonly adjustments: number
  readonly text: string | null
  readonly differences: readonly {
    readonly replayed: { readonly after: number } | null
    readonly written: { readonly after: number } | null
    readonly because: string
    readonly explanation: readonly string[]
  }[]
}

const SMALL = { seed: 3, virtualServers: 8, devices: 80, switches: { serviceTimeMs: 0 } }

describe.each(databaseKinds)('a past day, on %s', (kind: DatabaseKind) => {
  let practice: Practice
  afterEach(() => practice.close())

  async function run(
    name: 'runNow' | 'preview' = 'runNow',
  ): Promise<{ id: string; confirmed: number }> {
    const { data } = await practice.trueup.ask<
      Record<string, { run: { id: string; totals: { confirmed: number } } }>
    >(
      `mutation ($id: ID!) { ${name}(integrationId: $id, wait: true) { run { id totals { confirmed } } } }`,
      { id: practice.integrationId },
    )
    const { id, totals } = data[name]?.run ?? { id: '', totals: { confirmed: -1 } }
    return { id, confirmed: totals.confirmed }
  }

  async function replay(id: string): Promise<Replay | null> {
    const { data, errors } = await practice.trueup.ask<{ replay: Replay | null }>(
      `query ($id: ID!) { replay(runId: $id) { unavailable storedBytes engineThen engineNow linesCompared adjustments text
        differences { replayed { after } written { after } because explanation } } }`,
      { id },
    )
    expect(errors).toEqual([])
    return data.replay
  }

  test('is computed again from what was stored with it, whatever has changed since', async () => {
    practice = await startPractice(kind, SMALL)
    const customers = await mapCustomers(practice)
    const { id, confirmed } = await run()
    const first = await replay(id)
    expect(first?.unavailable).toBeNull()
    expect(first?.differences).toEqual([])
    expect(first?.adjustments).toBe(confirmed)
    expect(first?.engineThen).toBe(first?.engineNow)
    expect(first?.text).toContain('To post')
    expect(first?.storedBytes ?? 0).toBeGreaterThan(100)

    // Usage, units and mappings change; the day stays what it was.
    for (const { virtualServerId, application, category, devices } of practice.sandbox.state()
      .usage)
      practice.sandbox.setUsage({
        virtualServer: virtualServerId,
        application,
        category,
        devices: devices + 1,
      })
    await run()
    for (const customer of customers)
      await practice.trueup.ask(
        `mutation ($tenant: ID!) { removeAccountMapping(tenantId: $tenant, version: 2) { problems { code } } }`,
        { tenant: customer.tenantId },
      )
    expect((await run()).confirmed).toBe(0)
    expect(await replay(id)).toEqual(first)
  })

  test('shows line by line what was written otherwise, with the reason', async () => {
    practice = await startPractice(kind, SMALL)
    await mapCustomers(practice)
    const { id } = await run()
    const em = practice.trueup.app.services.orm.em.fork()
    const [changed, refused] = await em.find(AdjustmentEntity, { run: id, status: 'CONFIRMED' })
    if (changed === undefined || refused === undefined) throw new Error('nothing was confirmed')
    changed.planned = { ...changed.planned, after: changed.planned.after + 1 }
    refused.status = 'REFUSED'
    refused.outcomeText = 'The contract is locked.'
    await em.flush()
    const { differences = [] } = (await replay(id)) ?? {}
    expect(
      differences
        .map(({ replayed, written }) => [replayed?.after, written?.after ?? null])
        .sort(([, a], [, b]) => (a ?? 0) - (b ?? 0)),
    ).toEqual([
      [refused.unitsAfter, null],
      [changed.unitsAfter, changed.unitsAfter + 1],
    ])
    expect(differences.map(({ because }) => because).join(' ')).toContain('The contract is locked.')
    expect(differences.every(({ explanation }) => explanation.length > 2)).toBe(true)
  })

  test('on which something was taken back is computed again from what was to be undone', async () => {
    practice = await startPractice(kind, SMALL)
    await mapCustomers(practice)
    const { id, confirmed } = await run()
    const { data } = await practice.trueup.ask<{ takeBack: { run: { id: string } } }>(
      'mutation ($id: ID!) { takeBack(what: { runId: $id }, afterwards: STOP_LINES) { run { id } } }',
      { id },
    )
    const takenBack = data.takeBack.run.id
    const first = await replay(takenBack)
    expect([first?.unavailable, first?.differences, first?.adjustments]).toEqual([
      null,
      [],
      confirmed,
    ])
    expect(first?.linesCompared).toBe(confirmed)
    expect(first?.text).toContain('This takes back the adjustment')

    // What is on the lines changes; the day stays what it was.
    practice.sandbox.hand.post({ through: '2026-03-31' })
    expect(await replay(takenBack)).toEqual(first)

    const em = practice.trueup.app.services.orm.em.fork()
    const [refused] = await em.find(AdjustmentEntity, { run: takenBack, status: 'CONFIRMED' })
    if (refused === undefined) throw new Error('nothing was confirmed')
    refused.status = 'REFUSED'
    refused.outcomeText = 'The contract is locked.'
    await em.flush()
    const [difference, ...more] = (await replay(takenBack))?.differences ?? []
    expect(more).toEqual([])
    expect([difference?.replayed?.after, difference?.written]).toEqual([refused.unitsAfter, null])
    expect(difference?.because).toContain('The contract is locked.')
  })

  test('that cannot be computed again says why', async () => {
    practice = await startPractice(kind, SMALL)
    await mapCustomers(practice)
    const previewed = await run('preview')
    expect((await replay(previewed.id))?.unavailable).toBe('PREVIEW')
    const { id } = await run()
    expect(await replay('nobody')).toBeNull()

    // Kept for so many days, and then forgotten by the run that comes next.
    const { orm, clock } = practice.trueup.app.services
    const storedAt = new Date(clock.nowMs() - (REPLAY_DAYS + 1) * 86_400_000)
    await orm.em.fork().nativeUpdate(RunInputEntity, { runId: id }, { storedAt })
    expect((await replay(id))?.unavailable).toBeNull()
    await run()
    expect((await replay(id))?.unavailable).toBe('NOT_STORED')

    practice.sandbox.arm({ htmlError: { rate: 1 } })
    expect((await replay((await run()).id))?.unavailable).toBe('NOT_PLANNED')
  })
})
