import type { ContractLedger } from '../ports.ts'
import { reconcile } from '../reconcile.ts'
import { runBilling } from '../run/run-billing.ts'
import { parseDay } from '../values/day.ts'
import type { Day } from '../values/day.ts'
import type { AccountId, ContractId, ServiceId } from '../values/ids.ts'
import {
  anAccountMapping,
  aReading,
  aServiceMapping,
  NORTHWIND,
  someSettings,
  someUsage,
  usageOf,
} from './builders.ts'
import type { ConformanceTest, Subject } from './conformance.ts'
import { check, checkEqual, conformanceTest } from './conformance.ts'
import { createFakeClock } from './fake-clock.ts'
import { createMemoryJournal } from './memory-journal.ts'

/** A PSA with two contracts of recurring services that cover `day`; `service` is on neither of them. */
export interface LedgerSubject extends Subject {
  readonly ledger: ContractLedger
  readonly day: Day
  /** The start of a billing period of `contract` that is not posted, with at least one whole period after it. */
  readonly periodStart: Day
  readonly account: AccountId
  readonly contract: ContractId
  readonly otherContract: ContractId
  readonly service: ServiceId
  /** Makes the PSA apply the next adjustment and lose the answer. */
  loseNextAnswer(): Promise<void>
}

type Open = () => Promise<LedgerSubject>

/** The promises of {@link ContractLedger}. */
export function contractLedgerSuite(open: Open): ConformanceTest[] {
  return [...readTests(open), ...writeTests(open), ...runTests(open)]
}

function readTests(open: Open): ConformanceTest[] {
  return [
    conformanceTest(
      'the directory names accounts, contracts and services',
      open,
      async (subject) => {
        const directory = await subject.ledger.readDirectory({})
        const has = (list: readonly { readonly id: string }[], id: string): boolean =>
          list.some((entry) => entry.id === id)
        check(has(directory.accounts, subject.account), 'the account is listed')
        check(has(directory.contracts, subject.contract), 'the contract is listed')
        check(has(directory.services, subject.service), 'the service is listed')
        const ids = directory.contracts.map(({ id }) => id)
        checkEqual(new Set(ids).size, ids.length, 'no contract is listed twice')
      },
    ),
    conformanceTest('only the contracts asked for are read', open, async (subject) => {
      const { ledger, contract, otherContract, day } = subject
      const state = await ledger.readLedger({ contracts: [contract], fromDay: day }, {})
      checkEqual(
        state.contracts.map(({ id }) => id),
        [contract],
        'contracts',
      )
      check(
        state.lines.every((line) => line.contract === contract),
        'lines of it only',
      )
      const both = await ledger.readLedger(
        { contracts: [contract, otherContract], fromDay: day },
        {},
      )
      checkEqual(
        both.contracts.map(({ id }) => id).sort(),
        [contract, otherContract].sort(),
        'both',
      )
      const none = await ledger.readLedger({ contracts: [], fromDay: day }, {})
      checkEqual([none.contracts, none.lines, none.unitPeriods], [[], [], []], 'nothing of none')
    }),
    conformanceTest(
      'rows are whole numbers on days that exist, of lines that were read',
      open,
      async (subject) => {
        await mustAccept(subject, 5)
        const { contract, otherContract, day } = subject
        const contracts = [contract, otherContract]
        const state = await subject.ledger.readLedger({ contracts, fromDay: day }, {})
        const lines = new Set(state.lines.map(({ id }) => id))
        for (const row of state.unitPeriods) {
          check(lines.has(row.line), 'a row belongs to a line', row)
          check(parseDay(row.startDay) !== null && parseDay(row.endDay) !== null, 'days', row)
          check(
            row.startDay <= row.endDay && row.endDay >= day,
            'rows end on or after fromDay',
            row,
          )
          check(Number.isSafeInteger(row.units) && row.units >= 0, 'whole units', row)
        }
      },
    ),
  ]
}

function writeTests(open: Open): ConformanceTest[] {
  const lost = conformanceTest(
    'an applied post whose answer is lost is unknown, and reading shows it',
    open,
    async (subject) => {
      await subject.loseNextAnswer()
      const outcome = await post(subject, 5)
      checkEqual(outcome.kind, 'UNKNOWN', 'nobody can tell by the answer')
      checkEqual(await unitsFrom(subject), [5], 'the units show it')
    },
  )
  return [
    conformanceTest(
      'a first adjustment makes the line and every later period',
      open,
      async (subject) => {
        await mustAccept(subject, 5)
        checkEqual(await unitsFrom(subject), [5], 'each period from the day on carries the units')
      },
    ),
    conformanceTest('an adjustment adds a difference, up and down', open, async (subject) => {
      await mustAccept(subject, 5)
      await mustAccept(subject, 3)
      checkEqual(await unitsFrom(subject), [8], 'units add up')
      await mustAccept(subject, -2)
      checkEqual(await unitsFrom(subject), [6], 'and are taken away')
    }),
    conformanceTest(
      'what was written is read back as the whole contract shows it',
      open,
      async (subject) => {
        await mustAccept(subject, 5)
        const { ledger, contract, service, periodStart: fromDay } = subject
        const written = await ledger.readWritten(
          { written: [{ contract, service, line: null }], fromDay },
          {},
        )
        const whole = await ledger.readLedger({ contracts: [contract], fromDay }, {})
        const lines = whole.lines.filter((line) => line.service === service)
        checkEqual(
          written.lines.map(({ id }) => id),
          lines.map(({ id }) => id),
          'the same lines',
        )
        const first = written.unitPeriods.find((row) => row.startDay >= fromDay)
        checkEqual(first?.units, 5, 'the units')
      },
    ),
    conformanceTest(
      'a line that is asked for around several days shows the period of each',
      open,
      async (subject) => {
        await mustAccept(subject, 5)
        const { ledger, contract, service, periodStart } = subject
        const { contracts } = await ledger.readLedger(
          { contracts: [contract], fromDay: periodStart },
          {},
        )
        const days = [periodStart, contracts[0]?.endDay ?? periodStart]
        const written = days.map((effectiveDay) => ({
          contract,
          service,
          line: null,
          effectiveDay,
        }))
        const { unitPeriods } = await ledger.readWritten({ written, fromDay: periodStart }, {})
        const covering = days.map((day) =>
          unitPeriods.some(({ startDay, endDay }) => startDay <= day && day <= endDay),
        )
        checkEqual(covering, [true, true], 'the first period and the last one')
      },
    ),
    conformanceTest(
      'a day outside the contract is refused in words, and changes nothing',
      open,
      async (subject) => {
        const effectiveDay = '1999-01-01' as Day
        const { contract, service } = subject
        const request = { contract, service, line: null, effectiveDay, unitChange: 5 }
        const outcome = await subject.ledger.applyAdjustment(request, {})
        checkEqual(outcome.kind, 'REFUSED', 'refused')
        check(outcome.kind === 'REFUSED' && outcome.reason !== '', 'with the reason', outcome)
        checkEqual(await unitsFrom(subject), [], 'no units')
      },
    ),
    lost,
  ]
}

function runTests(open: Open): ConformanceTest[] {
  return [
    conformanceTest(
      'a run brings a line to its target, and the next run finds nothing to do',
      open,
      async (subject) => {
        const { ledger, day, account, contract, service } = subject
        const parts = { ledger, journal: createMemoryJournal(), clock: createFakeClock() }
        const request = {
          day,
          settings: someSettings(),
          accountMappings: [anAccountMapping({ account, contract })],
          serviceMappings: [aServiceMapping({ service })],
          usage: [usageOf([aReading(day, [someUsage(7)])], NORTHWIND)],
        }
        const kinds: string[] = []
        for await (const event of runBilling(parts, { ...request, apply: 'ALL' }))
          kinds.push(event.kind)
        check(kinds.includes('confirmed'), 'the adjustment is confirmed', kinds)
        const lineRecords = await parts.journal.readLineRecords([contract])
        const state = await ledger.readLedger({ contracts: [contract], fromDay: day }, {})
        const plan = reconcile({ ...request, ledger: state, lineRecords })
        checkEqual([plan.adjustments.length, plan.holds.length], [0, 0], 'nothing is left to do')
      },
    ),
  ]
}

async function post(
  { ledger, contract, service, periodStart }: LedgerSubject,
  unitChange: number,
): ReturnType<ContractLedger['applyAdjustment']> {
  const state = await ledger.readLedger({ contracts: [contract], fromDay: periodStart }, {})
  const line = state.lines.find((candidate) => candidate.service === service)?.id ?? null
  const request = { contract, service, line, effectiveDay: periodStart, unitChange }
  return ledger.applyAdjustment(request, {})
}

async function mustAccept(subject: LedgerSubject, unitChange: number): Promise<void> {
  const outcome = await post(subject, unitChange)
  checkEqual(outcome, { kind: 'ACCEPTED' }, 'the adjustment is accepted')
}

/** The different units of the line's periods from the period start on. */
async function unitsFrom(subject: LedgerSubject): Promise<number[]> {
  const { ledger, contract, service, periodStart } = subject
  const state = await ledger.readLedger({ contracts: [contract], fromDay: periodStart }, {})
  const lines = state.lines.filter((line) => line.service === service).map(({ id }) => id)
  const rows = state.unitPeriods.filter((row) => lines.includes(row.line))
  const later = rows.filter((row) => row.startDay >= periodStart)
  check(lines.length === 0 || later.length >= 2, 'at least the current and the next period', rows)
  return [...new Set(later.map(({ units }) => units))]
}
