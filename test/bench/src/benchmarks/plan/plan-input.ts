import {
  DEFAULT_COUNTING_RULE,
  NO_BRAKES,
  toDay,
  toDecimal,
  type AccountId,
  type AccountMapping,
  type ApplicationName,
  type Contract,
  type ContractId,
  type ContractService,
  type LineId,
  type LineRecord,
  type ReconcileInput,
  type Service,
  type ServiceId,
  type ServiceMapping,
  type TenantId,
  type TenantUsage,
  type UnitPeriod,
} from '@trueup/core'

/** How large a provider is. */
export interface PlanSize {
  readonly accounts: number
  readonly linesPerAccount: number
  /** Share of lines whose usage differs from what is billed, 0 to 1. */
  readonly changed: number
  readonly seed: number
  /** The number of its first account, so that several providers differ in every id. */
  readonly firstAccount?: number
}

interface Draft {
  readonly accountMappings: AccountMapping[]
  readonly usage: TenantUsage[]
  readonly contracts: Contract[]
  readonly lines: ContractService[]
  readonly unitPeriods: UnitPeriod[]
  readonly lineRecords: LineRecord[]
}

const day = toDay('2026-03-17')
const periods = [
  { startDay: toDay('2026-03-01'), endDay: toDay('2026-03-31') },
  { startDay: toDay('2026-04-01'), endDay: toDay('2026-04-30') },
]
const price = toDecimal('3.4000')

/**
 * Everything a plan follows from, for a provider of the size: monthly contracts, a line for each application, this
 * month's and the next month's rows, all lines ours since last month.
 */
export function buildPlanInput({
  accounts,
  linesPerAccount,
  changed,
  seed,
  firstAccount = 0,
}: PlanSize): ReconcileInput {
  const roll = createDice(seed)
  const applications = Array.from({ length: linesPerAccount }, (_, index) => index)
  const draft: Draft = {
    accountMappings: [],
    usage: [],
    contracts: [],
    lines: [],
    unitPeriods: [],
    lineRecords: [],
  }
  for (let account = firstAccount; account < firstAccount + accounts; account += 1) {
    const used = applications.map(() => 1 + Math.floor(roll() * 200))
    addAccount(draft, account, used)
    used.forEach((quantity, application) => {
      const differs = roll() < changed
      addLine(draft, { account, application, linesPerAccount }, differs ? quantity + 1 : quantity)
    })
  }
  const { accountMappings, usage, contracts, lines, unitPeriods, lineRecords } = draft
  return {
    day,
    settings: {
      billDevicesByCategory: false,
      countUnknownAsWorkstation: false,
      effectiveDatePolicy: 'PERIOD_START',
      brakes: NO_BRAKES,
      maximumReadingAgeDays: 3,
    },
    accountMappings,
    serviceMappings: applications.map(toServiceMapping),
    usage,
    ledger: { contracts, lines, unitPeriods, services: applications.map(toService) },
    lineRecords,
  }
}

/**
 * One provider of all the customers of several, made of the very same values: only the lists are new. So a large provider
 * and the small ones it consists of lie in the same memory.
 */
export function joinInputs(inputs: readonly ReconcileInput[]): ReconcileInput {
  const [first] = inputs
  if (first === undefined) throw new Error('There is nothing to join.')
  const { services } = first.ledger
  return {
    ...first,
    accountMappings: inputs.flatMap(({ accountMappings }) => accountMappings),
    usage: inputs.flatMap(({ usage }) => usage),
    ledger: {
      contracts: inputs.flatMap(({ ledger }) => ledger.contracts),
      lines: inputs.flatMap(({ ledger }) => ledger.lines),
      unitPeriods: inputs.flatMap(({ ledger }) => ledger.unitPeriods),
      services,
    },
    lineRecords: inputs.flatMap(({ lineRecords }) => lineRecords),
  }
}

/** The same provider with all its lists in an order that the seed decides, as no vendor gives them. */
export function shuffleInput(input: ReconcileInput, seed: number): ReconcileInput {
  const roll = createDice(seed)
  const shuffle = <Value>(values: readonly Value[]): Value[] =>
    values
      .map((value) => ({ value, place: roll() }))
      .sort((one, other) => one.place - other.place)
      .map(({ value }) => value)
  const { ledger } = input
  return {
    ...input,
    accountMappings: shuffle(input.accountMappings),
    usage: shuffle(input.usage),
    ledger: {
      contracts: shuffle(ledger.contracts),
      lines: shuffle(ledger.lines),
      unitPeriods: shuffle(ledger.unitPeriods),
      services: ledger.services,
    },
    lineRecords: shuffle(input.lineRecords),
  }
}

function addAccount(draft: Draft, account: number, used: readonly number[]): void {
  const tenant = `tenant-${account}` as TenantId
  draft.accountMappings.push({
    tenant,
    tenantName: `Customer ${account}`,
    tenantVanished: false,
    account: String(175_000 + account) as AccountId,
    accountName: `Customer ${account} Ltd.`,
    billingEnabled: true,
    contract: contractOf(account),
    effectiveDatePolicy: null,
  })
  draft.contracts.push({
    id: contractOf(account),
    account: String(175_000 + account) as AccountId,
    name: 'Managed Services',
    isRecurringService: true,
    startDay: toDay('2025-01-01'),
    endDay: toDay('2027-12-31'),
    periodMonths: 1,
    isActive: true,
    renewedAs: null,
  })
  draft.usage.push({
    tenant,
    readings: [
      {
        snapshotId: 'newest',
        usageDay: day,
        takenAtMs: 0,
        reading: {
          tenant,
          complete: true,
          applications: used.map((quantity, application) => ({
            application: applicationOf(application),
            unit: 'DEVICE' as const,
            quantity,
            keys: [`KEY-${application}`],
          })),
        },
      },
    ],
  })
}

function addLine(
  draft: Draft,
  place: {
    readonly account: number
    readonly application: number
    readonly linesPerAccount: number
  },
  billed: number,
): void {
  const line = String(
    4_000_000 + place.account * place.linesPerAccount + place.application,
  ) as LineId
  const contract = contractOf(place.account)
  const service = serviceOf(place.application)
  draft.lines.push({ id: line, contract, service, unitPrice: price })
  for (const { startDay, endDay } of periods) {
    draft.unitPeriods.push({ line, startDay, endDay, units: billed, price: null, postedDay: null })
  }
  draft.lineRecords.push({
    contract,
    service,
    line,
    ordinal: 1,
    ownership: 'OWNED',
    baselineUnits: 0,
    confirmed: { units: billed, effectiveDay: toDay('2026-02-01') },
    unsettledKey: null,
    lapsedInARow: 0,
  })
}

function toServiceMapping(application: number): ServiceMapping {
  return {
    application: applicationOf(application),
    unit: 'DEVICE',
    category: null,
    service: serviceOf(application),
    counting: DEFAULT_COUNTING_RULE,
  }
}

function toService(application: number): Service {
  return {
    id: serviceOf(application),
    name: `Endpoint protection ${application}`,
    isActive: true,
    periodMonths: 1,
    unitPrice: price,
  }
}

function contractOf(account: number): ContractId {
  return String(29_000_000 + account) as ContractId
}

function serviceOf(application: number): ServiceId {
  return String(300 + application) as ServiceId
}

function applicationOf(application: number): ApplicationName {
  return `Kaspersky application ${application}` as ApplicationName
}

/** Numbers from 0 to 1 that a seed decides (a linear congruential generator; quality does not matter here). */
function createDice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
