import { expect, test } from 'vitest'
import { describeHold } from '../../src/explain/hold-texts.ts'
import type { UnitPeriod } from '../../src/ledger.ts'
import type { Plan } from '../../src/plan.ts'
import type { ReconcileInput } from '../../src/reconcile.ts'
import { reconcile } from '../../src/reconcile.ts'
import type { BrakeLimits } from '../../src/settings.ts'
import { NO_BRAKES } from '../../src/settings.ts'
import {
  aContract,
  anAccountMapping,
  aReading,
  aService,
  aServiceMapping,
  freshRecord,
  someSettings,
  someUsage,
  usageOf,
} from '../../src/testing/index.ts'
import { toDay } from '../../src/values/day.ts'
import type {
  AccountId,
  ApplicationName,
  ContractId,
  LineId,
  ServiceId,
  TenantId,
} from '../../src/values/ids.ts'
import { toDecimal } from '../../src/values/money.ts'

/*
 * Rule 12: the run's limits, of units, per cent or money. The account with the largest change waits, the others go on.
 *
 *     limit 50 units     +3 | +4 | +90             97 together; without the 90: 7 go on
 *     limit 50 units     +40 | -41                 81 together: up and down do not make up for each other,
 *     limit 50 units     +40 and -41               nor on two lines of one account
 *     limit 50 units     +3 | +40 and +20          the second account is parked whole, with both its lines
 *     limit 50 units     +45 | +40 (held anyway)   what a brake of its line holds uses up nothing
 *     limit 50 units     +3 | +90 (approved)       a person has said yes to the 90,
 *     limit 50 units     +90 (approved) and +60    and to nothing else: the 60 wait
 */
type Account = readonly (readonly [before: number, after: number])[]

/** Accounts with the changes of their lines: everybody's first line is billed on `service-0`, the second on `service-1`. */
function inputOf(accounts: readonly Account[], brakes: Partial<BrakeLimits>): ReconcileInput {
  const contracts = accounts.map((_, index) => aContract(idsOf(index)))
  const services = SERVICES.map((id) => aService({ id }))
  const lines = accounts.flatMap((changes, index) =>
    changes.map(([before], line) => ({
      id: `line-${index}-${line}` as LineId,
      contract: idsOf(index).id,
      service: SERVICES[line] ?? ('none' as ServiceId),
      unitPrice: toDecimal('3.00'),
      before,
    })),
  )
  return {
    day: toDay('2026-10-10'),
    settings: someSettings({ brakes: { ...NO_BRAKES, ...brakes } }),
    accountMappings: contracts.map(({ id, account }, index) =>
      anAccountMapping({ tenant: `tenant-${index}` as TenantId, account, contract: id }),
    ),
    serviceMappings: services.map(({ id }, line) =>
      aServiceMapping({ application: `app-${line}` as ApplicationName, service: id }),
    ),
    usage: accounts.map((changes, index) => {
      const tenant = `tenant-${index}` as TenantId
      const usage = changes.map(([, after], line) =>
        someUsage(after, { application: `app-${line}` as ApplicationName }),
      )
      return usageOf([aReading('2026-10-10', usage, { tenant })], tenant)
    }),
    ledger: {
      contracts,
      lines,
      unitPeriods: lines.map(({ id, before }) => inOctober(id, before)),
      services,
    },
    lineRecords: lines.map(({ id, contract, service }) => {
      return { ...freshRecord(contract, service), line: id, ownership: 'OWNED' as const }
    }),
  }
}

const SERVICES = ['service-0', 'service-1'] as ServiceId[]

function idsOf(index: number): { id: ContractId; account: AccountId } {
  return { id: `contract-${index}` as ContractId, account: `account-${index}` as AccountId }
}

function inOctober(line: LineId, units: number): UnitPeriod {
  const [startDay, endDay] = [toDay('2026-10-01'), toDay('2026-10-31')]
  return { line, startDay, endDay, units, price: null, postedDay: null }
}

const LIMITS: readonly (readonly [Partial<BrakeLimits>, string])[] = [
  [{ runUnits: 50 }, 'RUN_LIMIT_UNITS'],
  [{ runMoney: toDecimal('150.00') }, 'RUN_LIMIT_MONEY'],
]
const THREE: readonly Account[] = [[[0, 3]], [[0, 4]], [[0, 90]]]

function afterOf(plan: Plan): { posted: number[]; held: (string | number)[][] } {
  return {
    posted: plan.adjustments.map(({ after }) => after),
    held: plan.holds.map(({ code, adjustment }) => [code, adjustment.after]),
  }
}

test.each(LIMITS)(
  'over %o the account with the largest change is parked and the others go on',
  (brakes, code) => {
    const plan = reconcile(inputOf(THREE, brakes))
    expect(afterOf(plan)).toEqual({ posted: [3, 4], held: [[code, 90]] })
    const parked = plan.findings.filter((finding) => finding.code === 'ACCOUNT_PARKED')
    expect(parked.map(({ subject, facts }) => [subject.id, facts.because])).toEqual([
      ['account-2', code],
    ])
  },
)

test.each(LIMITS)('over %o, of two equally large accounts the first one is parked', (brakes) => {
  const { holds } = reconcile(inputOf([[[0, 40]], [[0, 40]]], brakes))
  expect(holds.map(({ adjustment }) => adjustment.account)).toEqual(['account-0'])
})

test('a run exactly at its limit goes through', () => {
  expect(reconcile(inputOf(THREE, { runUnits: 97 })).holds).toEqual([])
  expect(reconcile(inputOf(THREE, { runMoney: toDecimal('291.00') })).holds).toEqual([])
})

test.each(LIMITS)('over %o a rise and a fall do not make up for each other', (brakes, code) => {
  const [rise, fall] = [[0, 40] as const, [90, 49] as const]
  expect(afterOf(reconcile(inputOf([[rise], [fall]], brakes))).held).toEqual([[code, 49]])
  expect(afterOf(reconcile(inputOf([[rise, fall]], brakes))).held).toEqual([
    [code, 40],
    [code, 49],
  ])
})

test.each(LIMITS)('over %o an account is parked whole, with all its lines', (brakes, code) => {
  const two: readonly Account[] = [
    [[0, 3]],
    [
      [0, 40],
      [0, 20],
    ],
  ]
  expect(afterOf(reconcile(inputOf(two, brakes)))).toEqual({
    posted: [3],
    held: [
      [code, 40],
      [code, 20],
    ],
  })
})

test.each(LIMITS)(
  'over %o, what the brake of its own line holds counts for nothing, and keeps its own reason',
  (brakes, code) => {
    const doubled: Account = [[20, 60]]
    const held = { ...brakes, holdDoubled: true }
    expect(afterOf(reconcile(inputOf([[[0, 45]], doubled], held)))).toEqual({
      posted: [45],
      held: [['DOUBLED', 60]],
    })
    expect(afterOf(reconcile(inputOf([[[0, 3]], [...doubled, [0, 70]]], held)))).toEqual({
      posted: [3],
      held: [
        ['DOUBLED', 60],
        [code, 70],
      ],
    })
  },
)

test.each(LIMITS)('over %o, what a person has approved goes through', (brakes) => {
  const input = inputOf(THREE, brakes)
  const approvals = reconcile(input).holds.map(({ adjustment }) => adjustment)
  expect(reconcile({ ...input, approvals }).adjustments.map(({ after }) => after)).toEqual([
    3, 4, 90,
  ])
})

test.each(LIMITS)(
  'over %o, approving one line of an account posts that line only',
  (brakes, code) => {
    const both: Account = [
      [0, 90],
      [0, 60],
    ]
    const input = inputOf([both], brakes)
    const approvals = reconcile(input)
      .holds.slice(0, 1)
      .map(({ adjustment }) => adjustment)
    expect(afterOf(reconcile({ ...input, approvals }))).toEqual({
      posted: [90],
      held: [[code, 60]],
    })
  },
)

/*
 * The limit in per cent is of all units that the compared lines carry, whether they change or not.
 *
 *     carries          100 | 60 | 40                     200 together; 10 per cent of them are 20
 *     counted          104 | 66 | 40                     10 change: all go on
 *     counted          104 | 66 | 90                     60 change: the 50 wait, and the 10 go on
 *     carries          9, and 60 are counted             too few for a share to say anything
 */
test('over a limit in per cent the account with the largest change is parked', () => {
  const carrying = (...counted: [number, number, number]): readonly Account[] => {
    const [first, second, third] = counted
    return [[[100, first]], [[60, second]], [[40, third]]]
  }
  const brakes = { runPercent: 10 }
  expect(afterOf(reconcile(inputOf(carrying(104, 66, 40), brakes))).held).toEqual([])
  expect(afterOf(reconcile(inputOf(carrying(110, 70, 40), brakes))).held).toEqual([])
  const plan = reconcile(inputOf(carrying(104, 66, 90), brakes))
  expect(afterOf(plan)).toEqual({ posted: [104, 66], held: [['RUN_LIMIT_PERCENT', 90]] })
  expect(plan.holds.map(describeHold)).toEqual([
    'The run would change 60 units, 50 of them here, of 200 that are billed, and the limit is 10 per cent.',
  ])
  expect(afterOf(reconcile(inputOf([[[9, 60]]], brakes))).held).toEqual([])
})

test('an account that a limit of the run has parked counts for nothing at the next one', () => {
  const three: readonly Account[] = [[[100, 108]], [[60, 66]], [[40, 130]]]
  const plan = reconcile(inputOf(three, { runUnits: 50, runPercent: 10 }))
  expect(afterOf(plan)).toEqual({ posted: [108, 66], held: [['RUN_LIMIT_UNITS', 130]] })
})

/*
 * Data that contradict themselves are a bug somewhere. It parks their customer, whole, and never the run.
 *
 *     tenant-0    5 in use                                                   billed
 *     tenant-1    the same application twice: 1 in use, 2 in use             parked
 *     tenant-1    first line right, second line carries -3 in October        parked, and its first line waits as well
 */
const CONTRADICTIONS: readonly (readonly [string, (input: ReconcileInput) => ReconcileInput])[] = [
  [
    'names an application twice',
    (input) => {
      const tenant = 'tenant-1' as TenantId
      const application = 'app-0' as ApplicationName
      const twice = [someUsage(1, { application }), someUsage(2, { application })]
      const [first] = input.usage
      const second = usageOf([aReading('2026-10-10', twice, { tenant })], tenant)
      return { ...input, usage: first === undefined ? [second] : [first, second] }
    },
  ],
  [
    'has a line that carries less than nothing',
    (input) => ({
      ...input,
      ledger: {
        ...input.ledger,
        unitPeriods: input.ledger.unitPeriods.flatMap((row) =>
          row.line === 'line-1-1'
            ? [
                { ...row, units: -3 },
                { ...row, startDay: toDay('2026-11-01'), endDay: toDay('2026-11-30'), units: 5 },
              ]
            : [row],
        ),
      },
    }),
  ],
]

test.each(CONTRADICTIONS)('a customer whose data %s is parked, and the others go on', (...row) => {
  const [, contradict] = row
  const two: readonly Account[] = [
    [[0, 5]],
    [
      [0, 6],
      [0, 7],
    ],
  ]
  const plan = reconcile(contradict(inputOf(two, {})))
  expect(afterOf(plan)).toEqual({ posted: [5], held: [] })
  expect(plan.lines).toHaveLength(1)
  expect(
    plan.findings.map(({ code, subject, facts }) => [code, subject.id, facts.because]),
  ).toEqual([['ACCOUNT_PARKED', 'tenant-1', 'INVARIANT']])
})
