import { afterEach, describe, expect, test } from 'vitest'
import { databaseKinds, type DatabaseKind } from '../../../test/kit/databases.ts'
import { mapCustomers } from '../../../test/kit/map-customers.ts'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'
import { IntentEntity } from '../journal/intent.entity.ts'

interface Line {
  readonly id: string
  readonly status: string
  readonly effectiveDay: string
  readonly before: number
  readonly change: number
  readonly after: number
  readonly outcomeText: string | null
  readonly lineOwnership: string
  readonly takesBack: { readonly id: string } | null
  readonly takenBackBy: { readonly id: string; readonly run: { readonly id: string } } | null
}

interface RunAnswer {
  readonly run: {
    readonly id: string
    readonly status: string
    readonly trigger: string
    readonly totals: { readonly confirmed: number; readonly moneyPerPeriod: string }
    readonly problems: readonly { readonly code: string }[]
    readonly findings: { readonly nodes: readonly { readonly code: string }[] }
    readonly adjustments: { readonly nodes: readonly Line[] }
  } | null
  readonly problems: readonly { readonly code: string }[]
}

interface PreviewAnswer {
  readonly lines: readonly {
    readonly adjustment: { readonly id: string }
    readonly verdict: string
    readonly code: string | null
    readonly nextRunUnits: number | null
    readonly changes: readonly {
      readonly effectiveDay: string
      readonly before: number
      readonly change: number
      readonly after: number
      readonly seal: string
      readonly moneyPerPeriod: string | null
    }[]
  }[]
  readonly money: readonly { readonly periodStart: string; readonly money: string }[]
  readonly problems: readonly { readonly code: string }[]
}

const SMALL = { seed: 3, virtualServers: 8, devices: 80, switches: { serviceTimeMs: 0 } }
const LINE = `id status effectiveDay before change after outcomeText lineOwnership
  takesBack { id } takenBackBy { id run { id } }`
const RUN = `problems { code } run { id status trigger totals { confirmed moneyPerPeriod } problems { code }
  findings(first: 500) { nodes { code } } adjustments(first: 500) { nodes { ${LINE} } } }`

describe.each(databaseKinds)('taking back, on %s', (kind: DatabaseKind) => {
  let practice: Practice
  afterEach(() => practice.close())

  /** Gives the units that are there before the first run. */
  async function startMapped(): Promise<string[]> {
    practice = await startPractice(kind, SMALL)
    await mapCustomers(practice)
    return unitsOf(practice)
  }

  async function startBilled(): ReturnType<typeof runBilled> {
    await startMapped()
    const billed = await runBilled()
    expect(billed.confirmed.length).toBeGreaterThan(3)
    return billed
  }

  async function runBilled(): Promise<{ runId: string; confirmed: readonly Line[] }> {
    const { run } = await runNow()
    const confirmed = (run?.adjustments.nodes ?? []).filter((line) => line.status === 'CONFIRMED')
    return { runId: run?.id ?? '', confirmed }
  }

  async function runNow(): Promise<RunAnswer> {
    const { data } = await practice.trueup.ask<{ runNow: RunAnswer }>(
      `mutation ($id: ID!) { runNow(integrationId: $id, wait: true) { ${RUN} } }`,
      { id: practice.integrationId },
    )
    return data.runNow
  }

  async function preview(what: object): Promise<PreviewAnswer> {
    const { data, errors } = await practice.trueup.ask<{ takeBackPreview: PreviewAnswer }>(
      `query ($what: TakeBackInput!) { takeBackPreview(what: $what) {
        lines { adjustment { id } verdict code nextRunUnits
          changes { effectiveDay before change after seal moneyPerPeriod } }
        money { periodStart money } problems { code } } }`,
      { what },
    )
    expect(errors).toEqual([])
    return data.takeBackPreview
  }

  async function takeBack(
    what: object,
    afterwards: 'BILL_AGAIN' | 'STOP_LINES',
    seals: readonly string[] | null = null,
  ): Promise<RunAnswer> {
    const { data, errors } = await practice.trueup.ask<{ takeBack: RunAnswer }>(
      `mutation ($what: TakeBackInput!, $afterwards: AfterTakeBack!, $seals: [String!]) {
        takeBack(what: $what, afterwards: $afterwards, seals: $seals) { ${RUN} } }`,
      { what, afterwards, seals },
    )
    expect(errors).toEqual([])
    return data.takeBack
  }

  const codes = (problems: readonly { readonly code: string }[]): string[] =>
    problems.map(({ code }) => code)

  test('a whole run is previewed, taken back as a run of its own, and Autotask carries what it did before', async () => {
    const before = await startMapped()
    const { run } = await runNow()
    const what = { runId: run?.id }
    const shown = await preview(what)
    expect(new Set(shown.lines.map(({ verdict }) => verdict))).toEqual(new Set(['READY']))
    expect(shown.lines.length).toBe(run?.totals.confirmed)
    // Usage has not changed: the next run would bill the same again, and the preview says so.
    expect(shown.lines.every((line) => line.nextRunUnits === line.changes[0]?.before)).toBe(true)

    const taken = await takeBack(what, 'STOP_LINES', sealsOf(shown))
    expect(taken.problems).toEqual([])
    expect([taken.run?.trigger, taken.run?.status]).toEqual(['TAKE_BACK', 'COMPLETED'])
    expect(taken.run?.totals.confirmed).toBe(shown.lines.length)
    expect(unitsOf(practice)).toEqual(before)
    const done = taken.run?.adjustments.nodes ?? []
    const planned = shown.lines.map(({ adjustment, changes: [change] }) => [
      adjustment.id,
      change?.effectiveDay,
      change?.before,
      change?.after,
    ])
    expect(
      done.map((one) => [one.takesBack?.id, one.effectiveDay, one.before, one.after].join()),
    ).toEqual(expect.arrayContaining(planned.map((one) => one.join())))
  })

  test('the pair is shown both ways, and nothing is taken back twice: by the API and by the database', async () => {
    const { confirmed } = await startBilled()
    const [first] = confirmed
    const what = { adjustmentIds: [first?.id] }
    const { run } = await takeBack(what, 'BILL_AGAIN')
    const [counter] = run?.adjustments.nodes ?? []
    expect([counter?.takesBack?.id, counter?.status, counter?.change]).toEqual([
      first?.id,
      'CONFIRMED',
      -(first?.change ?? 0),
    ])
    expect((await readLine(practice, first?.id)).takenBackBy).toEqual({
      id: counter?.id,
      run: { id: run?.id },
    })

    expect(codes((await takeBack(what, 'BILL_AGAIN')).problems)).toEqual(['ALREADY_TAKEN_BACK'])
    expect((await preview(what)).lines.map((line) => [line.verdict, line.code])).toEqual([
      ['IMPOSSIBLE', 'ALREADY_TAKEN_BACK'],
    ])
    const again = { adjustmentIds: [counter?.id] }
    expect(codes((await takeBack(again, 'BILL_AGAIN')).problems)).toEqual(['TAKE_BACK_IS_FINAL'])
    const em = practice.trueup.app.services.orm.em.fork()
    const intent = await em.findOneOrFail(IntentEntity, { takesBack: { $ne: null } })
    em.create(IntentEntity, { ...intent, intentKey: 'another', ordinal: intent.ordinal + 1 })
    await expect(em.flush()).rejects.toThrow(/unique/i)
  })

  test('a line that was stopped with its take-back is not billed again until it is resumed', async () => {
    const { confirmed } = await startBilled()
    const [first] = confirmed
    await takeBack({ adjustmentIds: [first?.id] }, 'STOP_LINES')
    expect((await readLine(practice, first?.id)).lineOwnership).toBe('STOPPED')
    const quiet = await runNow()
    expect(quiet.run?.totals.confirmed).toBe(0)
    expect(codes(quiet.run?.findings.nodes ?? [])).toContain('LINE_STOPPED')

    const lines = await openLines(practice)
    expect(lines.map(({ ownership, unfedBecause }) => [ownership, unfedBecause])).toEqual([
      ['STOPPED', null],
    ])
    await setLines(practice, 'resumeLines', lines)
    expect(await openLines(practice)).toEqual([])
    const billed = await runNow()
    expect(billed.run?.totals.confirmed).toBe(1)
    expect(billed.run?.adjustments.nodes.find((one) => one.status === 'CONFIRMED')?.after).toBe(
      first?.after,
    )
  })

  test('without a stop the next run bills what is counted, once', async () => {
    const { confirmed } = await startBilled()
    const before = unitsOf(practice)
    await takeBack({ adjustmentIds: [confirmed[0]?.id] }, 'BILL_AGAIN')
    expect(unitsOf(practice)).not.toEqual(before)
    expect((await runNow()).run?.totals.confirmed).toBe(1)
    expect(unitsOf(practice)).toEqual(before)
    expect((await runNow()).run?.totals.confirmed).toBe(0)
  })

  test('what a person agreed to is posted exactly so or not at all', async () => {
    const { confirmed } = await startBilled()
    const what = { adjustmentIds: [confirmed[0]?.id] }
    const seals = sealsOf(await preview(what))
    const written = practice.sandbox.state().adjustments.length
    practice.sandbox.hand.post({ through: '2026-03-31' })
    const { run } = await takeBack(what, 'STOP_LINES', seals)
    expect(run?.adjustments.nodes.map((one) => one.status)).toEqual(['STALE'])
    expect(run?.adjustments.nodes[0]?.outcomeText).toContain('Preview it again')
    expect(practice.sandbox.state().adjustments.length).toBe(written)
    // Nothing was posted, so the line was not stopped either.
    expect((await readLine(practice, confirmed[0]?.id)).lineOwnership).toBe('OWNED')

    const now = await preview(what)
    expect(now.lines.map((line) => [line.verdict, line.code])).toEqual([
      ['PARTIAL', 'TAKE_BACK_PARTIAL'],
    ])
  })

  test('a take-back whose answer was lost is proved by reading, and nothing is taken back twice', async () => {
    const { runId } = await startBilled()
    const written = practice.sandbox.state().adjustments.length
    practice.sandbox.arm({ applyThenDrop: 1 })
    const { run } = await takeBack({ runId }, 'STOP_LINES')
    expect(run?.status).toBe('COMPLETED')
    expect(new Set(run?.adjustments.nodes.map((one) => one.status))).toEqual(new Set(['CONFIRMED']))
    expect(practice.sandbox.state().adjustments.length - written).toBe(run?.totals.confirmed)
    expect(codes((await takeBack({ runId }, 'STOP_LINES')).problems)).toContain(
      'ALREADY_TAKEN_BACK',
    )
  })

  test('a line that somebody edited since is held, and nothing is posted on it', async () => {
    const { confirmed } = await startBilled()
    editLastLine(practice, { change: 4, isAfter: '2026-02-28' })
    const shown = await preview({ adjustmentIds: confirmed.map(({ id }) => id) })
    const held = shown.lines.filter((line) => line.verdict === 'HELD')
    expect(held.map(({ code }) => code)).toEqual(['DRIFT'])
    const { run } = await takeBack({ adjustmentIds: [held[0]?.adjustment.id] }, 'STOP_LINES')
    expect(run?.adjustments.nodes.map((one) => one.status)).toEqual(['NOT_POSTED'])
  })

  test('what cannot be taken back is refused with its code before anything is begun', async () => {
    const { runId, confirmed } = await startBilled()
    const refused = async (what: object): Promise<string[]> =>
      codes((await takeBack(what, 'BILL_AGAIN')).problems)
    expect(await refused({ adjustmentIds: ['nobody'] })).toEqual(['ADJUSTMENT_NOT_FOUND'])
    editLastLine(practice, { change: 4, isAfter: '2026-03-31' })
    const held = (await runNow()).run?.adjustments.nodes.find((one) => one.status === 'HELD')
    expect(await refused({ adjustmentIds: [held?.id] })).toEqual(['ADJUSTMENT_NOT_CONFIRMED'])
    const adjustmentIds = [confirmed[0]?.id]
    const taken = await takeBack({ adjustmentIds }, 'BILL_AGAIN')
    expect(await refused({ runId: taken.run?.id })).toEqual(['NOTHING_TO_TAKE_BACK'])

    const refusal = async (args: string): Promise<string[]> => {
      const { errors } = await practice.trueup.ask(
        `mutation { takeBack(${args}, afterwards: BILL_AGAIN) { run { id } } }`,
      )
      return errors.map(({ extensions }) => extensions.code)
    }
    const both = `what: { adjustmentIds: ["${confirmed[1]?.id}"], runId: "${runId}" }`
    expect(await refusal(both)).toEqual(['INPUT_AMBIGUOUS'])
    const forged = `what: { adjustmentIds: ["${confirmed[1]?.id}"] }, seals: ["forged"]`
    expect(await refusal(forged)).toEqual(['SEAL_INVALID'])
  })

  test('several adjustments of one line are taken back in one go, the newest first, each as a pair of its own', async () => {
    const before = await startMapped()
    const { confirmed } = await runBilled()
    useOneMore(practice)
    const newer = (await runBilled()).confirmed
    expect(newer.length).toBeGreaterThan(0)
    const adjustmentIds = [...confirmed, ...newer].map(({ id }) => id)
    const shown = await preview({ adjustmentIds })
    expect(new Set(shown.lines.map(({ verdict }) => verdict))).toEqual(new Set(['READY']))
    const { run, problems } = await takeBack({ adjustmentIds }, 'STOP_LINES', sealsOf(shown))
    expect(problems).toEqual([])
    expect(run?.totals.confirmed).toBe(adjustmentIds.length)
    const pairs = run?.adjustments.nodes ?? []
    expect(new Set(pairs.map(({ takesBack }) => takesBack?.id))).toEqual(new Set(adjustmentIds))
    expect(pairs.map(numbersOf).sort()).toEqual(
      shown.lines.flatMap(({ changes }) => changes.map(numbersOf)).sort(),
    )
    expect(unitsOf(practice)).toEqual(before)
    expect(new Set(codes((await takeBack({ adjustmentIds }, 'STOP_LINES')).problems))).toEqual(
      new Set(['ALREADY_TAKEN_BACK']),
    )
  })

  test('adjustments go back to their own periods, two months ago and one, while none since is posted', async () => {
    const before = await startMapped()
    const passMonth = (): Promise<unknown> =>
      practice.trueup.ask('mutation { advancePracticeDay(days: 31) { ok } }')
    const march = (await runBilled()).confirmed
    await passMonth()
    useOneMore(practice)
    const april = (await runBilled()).confirmed
    await passMonth()
    const adjustmentIds = [...march, ...april].map(({ id }) => id)
    const shown = await preview({ adjustmentIds })
    expect(shown.lines.map(({ verdict, code }) => [verdict, code])).toEqual(
      adjustmentIds.map(() => ['READY', null]),
    )
    const days = shown.lines.flatMap(({ changes }) => changes.map((one) => one.effectiveDay))
    expect(new Set(days)).toEqual(new Set([...march, ...april].map((one) => one.effectiveDay)))
    const { run } = await takeBack({ adjustmentIds }, 'STOP_LINES', sealsOf(shown))
    expect(run?.totals.confirmed).toBe(adjustmentIds.length)
    expect(unitsOf(practice)).toEqual(before)
  })

  test('an older adjustment of a line waits where the newer one was not agreed to', async () => {
    await startMapped()
    const { confirmed } = await runBilled()
    useOneMore(practice)
    const [newer] = (await runBilled()).confirmed
    const older = confirmed.find(
      (one) => one.after === newer?.before && one.effectiveDay === newer.effectiveDay,
    )
    const what = { adjustmentIds: [older?.id, newer?.id] }
    const shown = await preview(what)
    expect(shown.lines.map(({ adjustment }) => adjustment.id)).toEqual([newer?.id, older?.id])
    const units = unitsOf(practice)
    const { run } = await takeBack(what, 'STOP_LINES', sealsOf(shown).slice(1))
    expect(run?.adjustments.nodes.map(({ status }) => status).sort()).toEqual([
      'NOT_POSTED',
      'STALE',
    ])
    expect(unitsOf(practice)).toEqual(units)
  })
})

/** Everybody uses one device more from now on. */
function useOneMore({ sandbox }: Practice): void {
  for (const { virtualServerId, application, category, devices } of sandbox.state().usage)
    sandbox.setUsage({
      virtualServer: virtualServerId,
      application,
      category,
      devices: devices + 1,
    })
}

function numbersOf({
  effectiveDay,
  before,
  after,
}: Pick<Line, 'effectiveDay' | 'before' | 'after'>): string {
  return [effectiveDay, before, after].join()
}

/** Units of every line and period that carries any. */
function unitsOf({ sandbox }: Practice): string[] {
  return sandbox
    .state()
    .lines.flatMap(({ contractID, serviceID, unitPeriods }) =>
      unitPeriods
        .filter(({ units }) => units > 0)
        .map(({ startDate, units }) => `${contractID}/${serviceID} ${startDate}: ${units}`),
    )
    .sort()
}

function sealsOf({ lines }: PreviewAnswer): string[] {
  return lines.flatMap(({ changes }) => changes.map(({ seal }) => seal))
}

async function readLine({ trueup, integrationId }: Practice, id = ''): Promise<Line> {
  const { data } = await trueup.ask<{ adjustments: { nodes: readonly Line[] } }>(
    `query ($id: ID!) { adjustments(integrationId: $id, first: 500) { nodes { ${LINE} } } }`,
    { id: integrationId },
  )
  const line = data.adjustments.nodes.find((one) => one.id === id)
  if (line === undefined) throw new Error(`there is no adjustment ${id}`)
  return line
}

interface OpenLine {
  readonly ownership: string
  readonly unfedBecause: string | null
  readonly contract: { readonly id: string }
  readonly service: { readonly id: string }
}

async function openLines({ trueup, integrationId }: Practice): Promise<readonly OpenLine[]> {
  const { data } = await trueup.ask<{ openLines: readonly OpenLine[] }>(
    `query ($id: ID!) { openLines(integrationId: $id) {
      ownership unfedBecause contract { id } service { id } } }`,
    { id: integrationId },
  )
  return data.openLines
}

async function setLines(
  { trueup, integrationId }: Practice,
  name: string,
  lines: readonly OpenLine[],
): Promise<void> {
  const { data } = await trueup.ask<Record<string, { ok: boolean }>>(
    `mutation ($id: ID!, $lines: [LineInput!]!) { ${name}(integrationId: $id, lines: $lines) { ok } }`,
    {
      id: integrationId,
      lines: lines.map(({ contract, service }) => ({
        contractId: contract.id,
        serviceId: service.id,
      })),
    },
  )
  expect(data[name]?.ok).toBe(true)
}

/** Edits by hand, in Autotask, the line that Trueup wrote last. */
function editLastLine(
  { sandbox }: Practice,
  { change, isAfter }: { readonly change: number; readonly isAfter: string },
): void {
  const { adjustments, lines } = sandbox.state()
  const ours = adjustments.findLast((one) => one.by === 'api')
  const line = lines.find((one) => one.id === ours?.lineID)
  const period = line?.unitPeriods.find((one) => one.startDate > isAfter)
  if (line === undefined || period === undefined) throw new Error('nothing was written')
  sandbox.hand.editUnits({
    contractServiceID: line.id,
    units: period.units + change,
    from: period.startDate,
  })
}
