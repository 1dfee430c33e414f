import {
  addDays,
  DEFAULT_COUNTING_RULE,
  DEVICE_CATEGORIES,
  NO_BRAKES,
  type AccountId,
  type AccountMapping,
  type BillingSettings,
  type ContractId,
  type EffectiveDatePolicy,
  type ServiceId,
  type ServiceMapping,
} from '@trueup/core'
import type { Dice } from './dice.ts'
import type { Practice } from './practice.ts'

/** One customer as the provider's office keeps it. */
export interface Customer {
  /** The virtual server's uid. */
  readonly tenant: string
  readonly name: string
  /** Autotask's number of the account; `null` where the customer is not in Autotask. */
  readonly account: number | null
  /** The contract that is billed now; changes when the office renews. */
  contract: number | null
  readonly policy: EffectiveDatePolicy | null
}

/** What people decided: settings, mappings, and what they said about single lines. */
export interface Office {
  readonly settings: BillingSettings
  /** A person approves every change before it is posted. */
  readonly approves: boolean
  readonly customers: Customer[]
  readonly services: readonly ServiceMapping[]
  /** Units that a person let stand on top of the count, by line. */
  readonly baselines: Map<string, number>
  /** Lines that a person took away from Trueup. */
  readonly stopped: Set<string>
}

/** A line by what identifies it for people: `contract/service`. */
export function lineName(contract: number | string, service: number | string): string {
  return `${contract}/${service}`
}

/** The policy that holds for a customer. */
export function policyOf(office: Office, customer: Customer): EffectiveDatePolicy {
  return customer.policy ?? office.settings.effectiveDatePolicy
}

const POLICIES: readonly EffectiveDatePolicy[] = [
  'PERIOD_START',
  'NEXT_PERIOD',
  'TODAY',
  'ASYMMETRIC',
]

/** Sets up an office over a practice world: contracts of every kind, services, mappings, settings. */
export function openOffice(practice: Practice, dice: Dice): Office {
  const settings = chooseSettings(dice)
  const services = mapServices(practice, dice, settings.billDevicesByCategory)
  const { customers: known, virtualServers } = practice.sandbox.state()
  const customers = virtualServers.map(({ id, uid, name }): Customer => {
    const account = known.find((customer) => customer.virtualServerId === id)?.accountID ?? null
    const contract = account === null ? null : signContract(practice, dice, account)
    const policy = dice.chance(0.2) ? dice.pick(POLICIES) : null
    return { tenant: uid, name, account, contract, policy }
  })
  const office: Office = {
    settings,
    approves: dice.chance(0.25),
    customers,
    services,
    baselines: new Map(),
    stopped: new Set(),
  }
  for (const customer of customers) fillContract(practice, dice, { office, customer })
  return office
}

/** The customers as core wants to know them. `seen` are the tenants that the usage source lists; `null` before it was read. */
export function toAccountMappings(
  office: Office,
  seen: ReadonlySet<string> | null,
): AccountMapping[] {
  return office.customers.map((customer) => ({
    tenant: customer.tenant as AccountMapping['tenant'],
    tenantName: customer.name,
    tenantVanished: seen !== null && !seen.has(customer.tenant),
    account: customer.account === null ? null : (String(customer.account) as AccountId),
    accountName: customer.account === null ? null : `Account ${customer.account}`,
    billingEnabled: customer.account !== null,
    contract: customer.contract === null ? null : (String(customer.contract) as ContractId),
    effectiveDatePolicy: customer.policy,
  }))
}

/** Renews contracts that end soon, and bills the new one from its first day on. */
export function renewContracts(office: Office, practice: Practice): void {
  const { sandbox } = practice
  const today = practice.day()
  const { contracts } = sandbox.state()
  for (const customer of office.customers) {
    const contract = contracts.find(({ id }) => id === customer.contract)
    if (!contract || contract.endDate > addDays(today, 20)) continue
    const successor =
      contracts.find(({ renewedContractID }) => renewedContractID === contract.id) ??
      sandbox.hand.renewContract({ contractID: contract.id })
    if (contract.endDate < today) customer.contract = successor.id
  }
}

function chooseSettings(dice: Dice): BillingSettings {
  const hasBrakes = dice.chance(0.4)
  return {
    billDevicesByCategory: dice.chance(0.5),
    countUnknownAsWorkstation: dice.chance(0.5),
    effectiveDatePolicy: dice.chance(0.5) ? 'PERIOD_START' : dice.pick(POLICIES),
    brakes: hasBrakes
      ? { ...NO_BRAKES, lineUnits: 8, holdDropToZero: true, runUnits: dice.integer(30, 60) }
      : NO_BRAKES,
    maximumReadingAgeDays: 3,
  }
}

/** Most applications have a service, some share one, some have none. */
function mapServices(practice: Practice, dice: Dice, byCategory: boolean): ServiceMapping[] {
  const { sandbox } = practice
  const applications = [...new Set(sandbox.state().usage.map((row) => row.application))]
  const mappings: ServiceMapping[] = []
  for (const application of applications) {
    for (const category of byCategory ? DEVICE_CATEGORIES : [null]) {
      if (dice.chance(0.1)) continue
      const shares = dice.chance(0.15) && mappings.length > 0
      const service = shares ? dice.pick(mappings).service : addService(practice, dice, application)
      mappings.push({
        application: application as ServiceMapping['application'],
        unit: 'DEVICE',
        category,
        service,
        counting: DEFAULT_COUNTING_RULE,
      })
    }
  }
  return mappings
}

function addService({ sandbox }: Practice, dice: Dice, application: string): ServiceId {
  const unitPrice = dice.integer(100, 1_999) / 100
  return String(
    sandbox.hand.addService({ name: `Managed ${application}`, unitPrice }).id,
  ) as ServiceId
}

/** A contract of any period that began up to two years ago, on any day of the month; one in five ends soon. */
function signContract(practice: Practice, dice: Dice, companyID: number): number {
  const today = practice.day()
  const startDate = addDays(today, -dice.integer(0, 700))
  const endDate = addDays(today, dice.chance(0.2) ? dice.integer(25, 90) : dice.integer(500, 900))
  const contractPeriodType = dice.pick([2, 2, 2, 2, 3, 4, 5])
  const contract = { companyID, startDate, endDate, contractPeriodType }
  return practice.sandbox.hand.addContract({ ...contract, contractName: 'Endpoint protection' }).id
}

/** Some lines are there before Trueup, with units or without, and some periods are posted. */
function fillContract(
  practice: Practice,
  dice: Dice,
  { office, customer }: { office: Office; customer: Customer },
): void {
  const { sandbox } = practice
  const { contract } = customer
  if (contract === null) return
  for (const service of new Set(office.services.map((mapping) => Number(mapping.service)))) {
    if (dice.chance(0.75)) continue
    const units = dice.chance(0.5) ? { units: dice.integer(1, 9) } : {}
    sandbox.hand.addLine({ contractID: contract, serviceID: service, ...units })
  }
  if (dice.chance(0.5)) {
    sandbox.hand.post({
      through: addDays(practice.day(), -dice.integer(0, 40)),
      contractIDs: [contract],
    })
  }
}
