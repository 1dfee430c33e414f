import { today, type World, type WorldTenant } from './world.ts'

const statuses = [
  'CONFIRMED',
  'CONFIRMED',
  'CONFIRMED',
  'CONFIRMED',
  'HELD',
  'CONFIRMED',
  'REFUSED',
  'CONFIRMED',
  'UNKNOWN',
  'CONFIRMED',
] as const

export interface RunAdjustment {
  __typename: 'Adjustment'
  id: string
  status: string
  tenant: WorldTenant
  before: number
  change: number
  after: number
  hold: {
    code: string
    since: string
    ageDays: number
    exits: string[]
    facts: never[]
    message: string
  } | null
  decidedBy: string | null
  [field: string]: unknown
}
export interface RunRecord {
  __typename: 'BillingRun'
  id: string
  mode: 'PREVIEW' | 'RUN'
  trigger: string
  status: string
  runDay: string
  startedAt: string
  finishedAt: string | null
  startedBy: string
  lines: RunAdjustment[]
  findingList: RunFinding[]
  problems: object[]
  unchanged: number
  snapshot: object
  waiting: { until: string; reason: string } | null
}
export interface RunFinding {
  __typename: 'Finding'
  id: string
  code: string
  severity: string
  subject: { kind: string; id: string; name: string }
  facts: { name: string; value: string }[]
  message: string
  revenueAtRiskPerMonth: string | null
  tenant: WorldTenant | null
}

/** The last four weeks' runs, newest first: a held one, one that waits for approval, a failed one, quiet ones. */
export function buildRuns(world: World): RunRecord[] {
  return [
    buildRun(world, {
      id: 'run-24',
      mode: 'PREVIEW',
      status: 'COMPLETED',
      lines: 9,
      statusOf: () => 'PLANNED',
      at: `${today}T09:20:00.000Z`,
      trigger: 'MANUAL',
    }),
    buildRun(world, {
      id: 'run-23',
      mode: 'RUN',
      status: 'WAITING_FOR_APPROVAL',
      lines: 14,
      statusOf: (n) => (n === 4 ? 'HELD' : 'PLANNED'),
      at: `${today}T08:02:00.000Z`,
      trigger: 'MANUAL',
    }),
    buildRun(world, {
      id: 'run-22',
      mode: 'RUN',
      status: 'COMPLETED_WITH_HOLDS',
      lines: 20,
      statusOf: (n) => statuses[n % statuses.length] ?? 'CONFIRMED',
      at: `${today}T03:00:00.000Z`,
      trigger: 'SCHEDULE',
    }),
    buildFailedRun(world),
    ...Array.from({ length: 20 }, (_, n) =>
      buildRun(world, {
        id: `run-${20 - n}`,
        mode: 'RUN',
        status: 'COMPLETED',
        lines: (n * 5) % 9,
        statusOf: () => 'CONFIRMED',
        trigger: n === 3 ? 'CATCH_UP' : 'SCHEDULE',
        at: `${n < 15 ? `2026-08-${String(15 - n).padStart(2, '0')}` : `2026-07-${46 - n}`}T03:00:00.000Z`,
      }),
    ),
  ]
}

function buildFailedRun(world: World): RunRecord {
  return {
    ...buildRun(world, {
      id: 'run-21',
      mode: 'RUN',
      status: 'FAILED',
      lines: 0,
      statusOf: () => 'PLANNED',
      at: '2026-08-16T03:00:00.000Z',
      trigger: 'SCHEDULE',
    }),
    problems: [
      {
        code: 'KASPERSKY_UNREACHABLE',
        severity: 'BLOCKING',
        message:
          'Kaspersky Security Center did not answer within 30 seconds. Nothing was changed; the next run catches up.',
        subject: { kind: 'INTEGRATION', id: 'integration-1', name: 'Contoso MSP' },
        facts: [],
      },
    ],
  }
}

interface RunPlan {
  id: string
  mode: 'PREVIEW' | 'RUN'
  status: string
  lines: number
  at: string
  trigger: string
  statusOf: (n: number) => string
}

/** One run over the first billed tenants. */
export function buildRun(world: World, plan: RunPlan): RunRecord {
  const tenants = world.tenants.filter((tenant) => tenant.mapping.billingEnabled)
  const lines = tenants
    .slice(0, plan.lines)
    .map((tenant, n) => buildLine(world, tenant, `${plan.id}-line-${n + 1}`, plan.statusOf(n)))
  return {
    __typename: 'BillingRun',
    id: plan.id,
    mode: plan.mode,
    trigger: plan.trigger,
    status: plan.status,
    runDay: plan.at.slice(0, 10),
    startedAt: plan.at,
    finishedAt:
      plan.status === 'WAITING_FOR_APPROVAL' || plan.status === 'RUNNING'
        ? null
        : plan.at.replace(':00.000Z', ':47.000Z'),
    startedBy: plan.trigger === 'SCHEDULE' ? 'Schedule' : 'admin',
    lines,
    findingList: plan.lines === 0 ? [] : buildFindings(world, plan.id),
    problems: [],
    unchanged: tenants.length - lines.length,
    waiting: null,
    snapshot: {
      __typename: 'UsageSnapshot',
      id: `snapshot-of-${plan.id}`,
      takenAt: plan.at,
      usageDay: plan.at.slice(0, 10),
      tenantsComplete: world.tenants.length - 1,
      tenantsIncomplete: 1,
      counts: [],
    },
  }
}

const notTakenBack = { lineOwnership: 'OWNED', takesBack: null, takenBackBy: null, settledAt: null }

function buildLine(world: World, tenant: WorldTenant, id: string, status: string): RunAdjustment {
  const n = Number(tenant.externalId)
  const before = 10 + ((n * 13) % 40)
  const change = status === 'HELD' ? -before : ((n * 5) % 7) - 2 || 1
  const service = world.services[n % 3] ?? world.services[0]
  const { account, contract } = tenant.mapping
  return {
    __typename: 'Adjustment',
    id,
    status,
    tenant,
    account,
    contract,
    service,
    effectiveDay: '2026-08-01',
    before,
    change,
    after: before + change,
    unitPrice: service?.unitPrice ?? null,
    periodStart: '2026-08-01',
    periodEnd: '2026-08-31',
    moneyFirstPeriod: money(change),
    moneyPerPeriod: money(change),
    explanation: [
      `${before + change} devices at ${tenant.name} use Kaspersky Endpoint Security for Business Advanced with an active commercial key on 17 August 2026.`,
      `The contract line “${service?.name}” carries ${before} units in the period from 1 to 31 August 2026.`,
      'The period is not posted yet, so the change takes effect on its first day (policy: start of period).',
      `${Math.abs(change)} units at ${service?.unitPrice} change every period by ${money(change)}.`,
    ],
    counts: [
      {
        application: 'Kaspersky Endpoint Security for Business Advanced',
        category: null,
        snapshotIds: ['snapshot-22'],
        counted: before + change,
      },
    ],
    hold:
      status === 'HELD'
        ? {
            code: 'DROP_TO_ZERO',
            since: '2026-08-17T03:00:20.000Z',
            ageDays: n % 5,
            exits: ['APPROVE', 'DISMISS'],
            facts: [],
            message: `All ${before} units would disappear at once. That is often a broken connection and not a customer who left.`,
          }
        : null,
    outcomeText:
      {
        REFUSED: 'Autotask: The contract has been cancelled. Adjustments are not allowed.',
        UNKNOWN:
          'Autotask did not answer after the adjustment was sent. The next run reads the line again and decides.',
      }[status] ?? null,
    unitsReadBack: status === 'CONFIRMED' ? before + change : null,
    decidedBy: null,
    ...notTakenBack,
    postedAt: status === 'CONFIRMED' ? '2026-08-17T03:00:32.000Z' : null,
  }
}

function buildFindings(world: World, runId: string): RunFinding[] {
  const unmapped = world.tenants.filter((tenant) => tenant.mapping.account === null).slice(0, 6)
  const incomplete = world.tenants[17]
  return [
    ...unmapped.map((tenant, n): RunFinding => ({
      __typename: 'Finding',
      id: `${runId}-finding-${n}`,
      code: 'TENANT_NOT_MAPPED',
      severity: 'WARNING',
      subject: { kind: 'TENANT', id: tenant.id, name: tenant.name },
      facts: [{ name: 'units', value: String(12 + n) }],
      message: `${tenant.name} uses ${12 + n} units and is not mapped to an Autotask account.`,
      revenueAtRiskPerMonth: money(12 + n),
      tenant,
    })),
    ...world.applications
      .filter((application) => application.unmappedUnits > 0)
      .map((application, n): RunFinding => ({
        __typename: 'Finding',
        id: `${runId}-finding-application-${n}`,
        code: 'APPLICATION_NOT_MAPPED',
        severity: 'WARNING',
        subject: { kind: 'APPLICATION', id: application.id, name: application.name },
        facts: [{ name: 'units', value: String(application.unmappedUnits) }],
        message: `${application.name} has no Autotask service; ${application.unmappedUnits} units are not billed.`,
        revenueAtRiskPerMonth: application.revenueAtRiskPerMonth,
        tenant: null,
      })),
    ...(incomplete === undefined
      ? []
      : [
          {
            __typename: 'Finding' as const,
            id: `${runId}-finding-incomplete`,
            code: 'READING_INCOMPLETE',
            severity: 'INFO',
            subject: { kind: 'TENANT', id: incomplete.id, name: incomplete.name },
            facts: [],
            message: `${incomplete.name} could not be read completely. Its lines stay as they are.`,
            revenueAtRiskPerMonth: null,
            tenant: incomplete,
          },
        ]),
  ]
}

function money(units: number): string {
  return (units * 4).toFixed(4)
}
