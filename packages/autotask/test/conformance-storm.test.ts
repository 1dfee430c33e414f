import { toDay, type AdjustmentRequest, type ContractLedger } from '@trueup/core'
import { contractLedgerSuite, type LedgerSubject } from '@trueup/core/testing'
import type { Switches } from '@trueup/sandbox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toAccountId, toContractId, toServiceId } from '../src/convert.ts'
import { startPractice, TODAY, type Practice } from './practice.ts'
import { SWITCH_POSITIONS } from './switch-positions.ts'

/*
 * What `--faults storm` leaves of the promises: reads keep all of theirs. Of a write only this can be promised, and it is
 * what core's run stands on: it ends as accepted, refused or unknown; accepted is there and refused is not; unknown is
 * one of the two, as a reading shows; and nothing is ever applied twice.
 */

const SEEDS = [1, 2, 3]
/** A write that is told apart by reading and sent again gets through long before this. */
const MOST_POSTS = 20
/** In a storm no single answer is lost alone; every write of the others may be. */
const OF_A_CALM_DAY = 'an applied post whose answer is lost is unknown, and reading shows it'
/** Core's run settles for itself. */
const SETTLES_ITSELF = 'a run brings a line to its target, and the next run finds nothing to do'
/** Where a second change of one day is refused, only the first of these promises can be kept. */
const NEEDS_SEVERAL_A_DAY = 'an adjustment adds a difference, up and down'

let practice: Practice
beforeAll(async () => {
  practice = await startPractice({ empty: true, faults: 'storm' })
})
afterAll(() => practice.close())

interface Storm {
  readonly seed: number
  readonly switches: Partial<Switches>
  /** Whether unknown ends are settled for who writes. */
  readonly settles: boolean
}

let tests = 0
/** How the writes of all tests ended as far as the adapter could tell. */
const ends = { ACCEPTED: 0, REFUSED: 0, UNKNOWN: 0 }

/** An account with two contracts in an empty world, and a ledger that settles what nobody can tell by reading. */
function openSubject(storm: Storm): Promise<LedgerSubject> {
  const { sandbox, connect } = practice
  // Each test has a storm of its own: with one seed for all, all would lose the same answers.
  tests += 1
  sandbox.reset(storm.seed * 1_000 + tests)
  sandbox.setSwitches({ serviceTimeMs: 0, ...storm.switches })
  // Nobody waits for the wind: what is slow is another test's matter.
  sandbox.arm({ latencyMs: 0 })
  const { hand } = sandbox
  const account = hand.addAccount({ companyName: 'Northwind' })
  const period = { companyID: account.id, startDate: '2026-01-01', endDate: '2027-12-31' }
  const contract = hand.addContract(period)
  const other = hand.addContract(period)
  const service = hand.addService({ name: 'Endpoint security', unitPrice: 3 })
  const counted = { applied: 0 }
  return Promise.resolve({
    ledger: storm.settles ? settling(connect(), counted) : connect(),
    day: toDay(TODAY),
    periodStart: toDay('2026-12-01'),
    account: toAccountId(account.id),
    contract: toContractId(contract.id),
    otherContract: toContractId(other.id),
    service: toServiceId(service.id),
    loseNextAnswer: () => Promise.reject(new Error('a storm loses answers by itself')),
    close() {
      const made = sandbox.state().adjustments.filter(({ by }) => by === 'api')
      expect(made).toHaveLength(storm.settles ? counted.applied : 1)
      return Promise.resolve()
    },
  })
}

/** As careful as core's run: reads after an unknown end, and sends again only what did not arrive. */
function settling(ledger: ContractLedger, counted: { applied: number }): ContractLedger {
  return {
    ...ledger,
    async applyAdjustment(request, options) {
      const before = await unitsAt(ledger, request)
      for (let post = 1; post <= MOST_POSTS; post += 1) {
        const outcome = await ledger.applyAdjustment(request, options)
        ends[outcome.kind] += 1
        const now = await unitsAt(ledger, request)
        const isThere = now === before + request.unitChange
        expect([before, before + request.unitChange]).toContain(now)
        if (outcome.kind === 'ACCEPTED') expect(isThere).toBe(true)
        if (outcome.kind === 'REFUSED') expect(isThere).toBe(false)
        if (outcome.kind === 'REFUSED') return outcome
        if (isThere) counted.applied += 1
        if (isThere) return { kind: 'ACCEPTED' }
      }
      throw new Error(`nothing arrived in ${MOST_POSTS} posts`)
    },
  }
}

async function unitsAt(ledger: ContractLedger, request: AdjustmentRequest): Promise<number> {
  const { contract, service, effectiveDay } = request
  const read = await ledger.readLedger({ contracts: [contract], fromDay: effectiveDay }, {})
  const line = read.lines.find((one) => one.service === service)
  const row = read.unitPeriods.find(
    (period) => period.line === line?.id && period.startDay === effectiveDay,
  )
  return row?.units ?? 0
}

function promisesOf(seed: number, switches: Partial<Switches>) {
  const all = contractLedgerSuite(() => openSubject({ seed, switches, settles: true }))
  const itself = contractLedgerSuite(() => openSubject({ seed, switches, settles: false }))
  return all.flatMap((promise, index) => {
    if (promise.name === OF_A_CALM_DAY) return []
    if (promise.name === NEEDS_SEVERAL_A_DAY && switches.periodStartRepeat === 'refuse') return []
    return promise.name === SETTLES_ITSELF ? (itself[index] ?? promise) : promise
  })
}

describe.each(SEEDS)("core's promises of a contract ledger in a storm of seed %i", (seed) => {
  test.each(promisesOf(seed, {}))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})

describe.each(SWITCH_POSITIONS)(
  "core's promises of a contract ledger in a storm, with %o",
  (one) => {
    test.each(promisesOf(7, one))('$name', async ({ run }) => {
      await expect(run()).resolves.toBeUndefined()
    })
  },
)

test('the storm did lose answers', () => {
  expect(ends.UNKNOWN).toBeGreaterThan(10)
  expect(ends.ACCEPTED).toBeGreaterThan(ends.UNKNOWN)
})
