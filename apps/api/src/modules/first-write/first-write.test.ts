import type { Sandbox } from '@trueup/sandbox'
import { afterEach, describe, expect, test } from 'vitest'
import { databaseKinds, type DatabaseKind } from '../../../test/kit/databases.ts'
import { mapCustomers } from '../../../test/kit/map-customers.ts'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'
import { FirstWriteEntity } from './first-write.entity.ts'
import { readFirstWrite } from './read-first-write.ts'

interface Line {
  readonly lineId: string
  readonly serviceName: string
  readonly effectiveDay: string | null
  readonly units: number | null
  readonly obstacle: string | null
}

interface Attempt {
  readonly id: string
  readonly progress: string
  readonly result: string | null
  readonly reason: string | null
  readonly units: number | null
}

let practice: Practice
afterEach(() => practice.close())

const ATTEMPT = 'id progress result reason units'

type Switches = ReturnType<Sandbox['switches']>

/** Customers mapped and billed once, so that there are lines; and one of their contracts, by our id. */
async function start(kind: DatabaseKind, switches: Partial<Switches> = {}): Promise<string> {
  practice = await startPractice(kind, { seed: 3, switches: { serviceTimeMs: 0, ...switches } })
  const [customer] = await mapCustomers(practice)
  const { trueup, integrationId } = practice
  await trueup.ask(
    'mutation ($id: ID!) { runNow(integrationId: $id, wait: true) { problems { code } } }',
    {
      id: integrationId,
    },
  )
  const { data } = await trueup.ask<{
    tenant: { mapping: { contract: { id: string } } }
  }>('query ($id: ID!) { tenant(id: $id) { mapping { contract { id } } } }', {
    id: customer?.tenantId,
  })
  return data.tenant.mapping.contract.id
}

async function propose(
  contractId: string,
): Promise<{ lines: Line[]; problems: { code: string }[] }> {
  const { data } = await practice.trueup.ask<{
    proposeFirstWrite: { lines: Line[]; problems: { code: string }[] }
  }>(
    `mutation ($id: ID!, $contract: ID!) { proposeFirstWrite(integrationId: $id, contractId: $contract) {
      lines { lineId serviceName effectiveDay units obstacle } problems { code } } }`,
    { id: practice.integrationId, contract: contractId },
  )
  return data.proposeFirstWrite
}

interface SeenProblem {
  readonly code: string
  readonly message: string
}

async function begin(
  contractId: string,
  line: Line | undefined,
): Promise<{ attempt: Attempt | null; problems: SeenProblem[] }> {
  const { data } = await practice.trueup.ask<{
    beginFirstWrite: { attempt: Attempt | null; problems: SeenProblem[] }
  }>(
    `mutation ($input: BeginFirstWriteInput!) {
      beginFirstWrite(input: $input, wait: true) { attempt { ${ATTEMPT} } problems { code message } } }`,
    {
      input: {
        integrationId: practice.integrationId,
        contractId,
        lineId: line?.lineId,
        effectiveDay: line?.effectiveDay ?? '2026-12-01',
        units: line?.units ?? 0,
      },
    },
  )
  return data.beginFirstWrite
}

interface Standing {
  readonly isDue: boolean
  readonly attempt: Attempt | null
  readonly questions: readonly { readonly question: string; readonly answer: string | null }[]
}

async function readStanding(): Promise<Standing> {
  const { data } = await practice.trueup.ask<{ firstWrite: Standing }>(
    `query ($id: ID!) { firstWrite(integrationId: $id) { isDue attempt { ${ATTEMPT} } questions { question answer } } }`,
    { id: practice.integrationId },
  )
  return data.firstWrite
}

const unitsOf = (): string =>
  practice.sandbox
    .state()
    .unitPeriods.map((row) => `${row.contractServiceID} ${row.startDate} ${row.units}`)
    .toSorted()
    .join('\n')

const postsOf = (): number =>
  practice.sandbox.state().adjustments.filter(({ by }) => by === 'api').length

const answerTo = (standing: Standing, question: RegExp): string | null | undefined =>
  standing.questions.find((one) => question.test(one.question))?.answer

describe.each(databaseKinds)('the first write, on %s', (kind) => {
  test('adds one unit far ahead, takes it away, and leaves what it taught', async () => {
    const contract = await start(kind)
    const { lines } = await propose(contract)
    const [line] = lines
    expect(line?.serviceName.length).toBeGreaterThan(3)
    const [units, posts] = [unitsOf(), postsOf()]
    const { attempt, problems } = await begin(contract, line)
    expect(problems).toEqual([])
    expect(attempt).toMatchObject({ progress: 'ENDED', result: 'RESTORED', units: line?.units })
    expect(unitsOf()).toBe(units)
    expect(postsOf()).toBe(posts + 2)
    const standing = await readStanding()
    expect(standing.attempt?.id).toBe(attempt?.id)
    expect(answerTo(standing, /changed twice/)).toBe(
      'Yes: the second change is added to the first.',
    )
    const made = practice.sandbox
      .state()
      .adjustments.filter(({ by }) => by === 'api')
      .slice(-2)
    expect(made.map((one) => [one.effectiveDate.slice(0, 10), one.unitChange])).toEqual([
      [line?.effectiveDay, 1],
      [line?.effectiveDay, -1],
    ])
  })

  test('whose process dies between the two changes is finished by looking first', async () => {
    const contract = await start(kind)
    const [line] = (await propose(contract)).lines
    const [units, posts] = [unitsOf(), postsOf()]
    await begin(contract, line)
    const { services } = practice.trueup.app
    // As a process leaves it that dies when one unit was added and nobody heard of it.
    practice.sandbox.hand.editUnits({
      contractServiceID: Number(line?.lineId),
      units: (line?.units ?? 0) + 1,
      from: line?.effectiveDay ?? '',
    })
    await services.orm.em
      .fork()
      .nativeUpdate(
        FirstWriteEntity,
        { integrationId: practice.integrationId },
        { progress: 'ADDING', endedAt: null, report: null },
      )
    expect((await begin(contract, line)).problems).toMatchObject([{ code: 'RUN_UNDER_WAY' }])
    const takeUp = async (): Promise<Attempt | null> => {
      await practice.trueup.app.schedule.tick()
      await services.background.settle()
      return (await readStanding()).attempt
    }
    // Something may have been sent: while Autotask cannot be read, nothing is over.
    practice.sandbox.arm({ htmlError: { rate: 1 } })
    expect(await takeUp()).toMatchObject({ progress: 'ADDING', result: null })
    practice.sandbox.clearFaults()
    expect(await takeUp()).toMatchObject({ progress: 'ENDED', result: 'RESTORED' })
    expect(unitsOf()).toBe(units)
    expect(postsOf()).toBe(posts + 3)
  })
})

describe('the first write', () => {
  test('where a second change of one day is refused leaves it to a person, and knows it from then on', async () => {
    const contract = await start('sqlite', { periodStartRepeat: 'refuse' })
    const [line] = (await propose(contract)).lines
    const { attempt } = await begin(contract, line)
    expect(attempt).toMatchObject({ result: 'NEEDS_PERSON', units: (line?.units ?? 0) + 1 })
    expect(attempt?.reason).toContain('duplicate data')
    expect(answerTo(await readStanding(), /changed twice/)).toMatch(/^No/)
    const tested = await practice.trueup.ask<{
      testIntegration: { checks: { code: string; message: string }[] }
    }>('mutation ($id: ID!) { testIntegration(id: $id) { checks { code message } } }', {
      id: practice.integrationId,
    })
    expect(
      tested.data.testIntegration.checks
        .filter(({ code }) => code === 'AUTOTASK_KNOWN_FROM_WRITES')
        .map(({ message }) => message),
    ).toEqual([
      'Known: May a line be changed twice with the same date? No: the second change of a day is refused.',
    ])
  })

  test('learns from changes that people made inside periods what their rows carry', async () => {
    const contract = await start('sqlite', { changeRowUnits: 'difference' })
    const [line] = (await propose(contract)).lines
    practice.sandbox.hand.editUnits({
      contractServiceID: Number(line?.lineId),
      units: (line?.units ?? 0) + 4,
      from: '2026-04-20',
    })
    const [again] = (await propose(contract)).lines
    expect(await begin(contract, again)).toMatchObject({ attempt: { result: 'RESTORED' } })
    expect(answerTo(await readStanding(), /inside a billing period/)).toMatch(/^The difference/)
  })

  test('whose first answer is lost looks after the cut-off and goes on', async () => {
    const contract = await start('sqlite')
    const [line] = (await propose(contract)).lines
    const units = unitsOf()
    practice.sandbox.arm({ applyThenDrop: 1 })
    expect((await begin(contract, line)).attempt).toMatchObject({ result: 'RESTORED' })
    expect(unitsOf()).toBe(units)
  })

  test('is not sent with other numbers than a person saw, nor on a line or contract that is not there', async () => {
    const contract = await start('sqlite')
    const [line] = (await propose(contract)).lines
    if (line === undefined) throw new Error('there is no line')
    const posts = postsOf()
    const problemsOf = async (id: string, changed: Partial<Line>) =>
      (await begin(id, { ...line, ...changed })).problems
    expect(await problemsOf(contract, { units: 999 })).toMatchObject([
      { code: 'FIRST_WRITE_OUTDATED' },
    ])
    expect(await problemsOf(contract, { lineId: '1' })).toMatchObject([
      { code: 'FIRST_WRITE_IMPOSSIBLE', message: expect.stringContaining('not on the contract') },
    ])
    expect(await problemsOf('none', {})).toMatchObject([{ code: 'CONTRACT_NOT_FOUND' }])
    expect(postsOf()).toBe(posts)
    practice.sandbox.post('2030-12-31')
    expect((await propose(contract)).lines[0]?.obstacle).toBe('NO_OPEN_PERIOD_AHEAD')
    expect(await problemsOf(contract, {})).toMatchObject([{ code: 'FIRST_WRITE_IMPOSSIBLE' }])
  })

  test('is due on a real tenant until it was made, and never in the practice world', async () => {
    await start('sqlite')
    expect((await readStanding()).isDue).toBe(false)
    const { services } = practice.trueup.app
    const real = { ...services, practice: null }
    expect(await readFirstWrite(real, practice.integrationId)).toMatchObject({
      isDue: true,
      attempt: null,
    })
    expect(await readFirstWrite(real, 'none')).toBeNull()
  })
})
