import { addDays, addMonths, type Day } from '../../calendar.ts'
import { createClock, type Clock } from '../../clock.ts'
import type { Prng } from '../../prng.ts'
import { DEFAULT_SWITCHES } from '../../switches.ts'
import {
  createAutotaskState,
  type AutotaskState,
  type CatalogueRow,
  type ContractRow,
} from '../autotask-state.ts'
import { BUNDLES, KASPERSKY_SERVICES, OTHER_SERVICES } from './catalogue.ts'
import type { Customer } from './customers.ts'
import { createHand, type AutotaskHand } from '../hand.ts'
import { approveAndPost } from '../posting.ts'

/** What the Autotask side is made from. */
export interface AutotaskOptions {
  prng: Prng
  clock: Clock
  /** Customers that have an account. */
  customers: readonly Customer[]
  /** Leave the database without accounts and services. */
  empty: boolean
}

/** What an account's contracts look like; dealt out in turn, so that even a small world has most of them. */
type Story =
  | 'monthly'
  | 'two recurring'
  | 'none'
  | 'hours beside'
  | 'block hours only'
  | 'quarterly'
  | 'ended'
  | 'not begun'
  | 'yearly'
  | 'inactive account'
  | 'inactive contract'
  | 'half-yearly'

const STORIES: readonly Story[] = [
  'monthly',
  'monthly',
  'monthly',
  'two recurring',
  'monthly',
  'monthly',
  'none',
  'monthly',
  'hours beside',
  'monthly',
  'monthly',
  'quarterly',
  'monthly',
  'ended',
  'monthly',
  'monthly',
  'not begun',
  'monthly',
  'yearly',
  'monthly',
  'monthly',
  'block hours only',
  'monthly',
  'inactive account',
  'monthly',
  'monthly',
  'inactive contract',
  'monthly',
  'half-yearly',
  'monthly',
]

const START_DAYS = [1, 1, 1, 15, 1, 1, 31, 1, 1, 29] as const

interface Making {
  prng: Prng
  clock: Clock
  hand: AutotaskHand
  kaspersky: CatalogueRow[]
  others: CatalogueRow[]
  bundles: CatalogueRow[]
}

/** Makes accounts, a catalogue, contracts, lines, unit rows and posted periods for the customers. */
export function generateAutotask(options: AutotaskOptions): AutotaskState {
  const autotask = createAutotaskState()
  const { prng, clock } = options
  const hand = createHand({ autotask, clock, switches: DEFAULT_SWITCHES })
  if (options.empty) return autotask
  // The provider itself is company 0 in every Autotask database.
  hand.addAccount({ id: 0, companyName: 'Nordlicht IT-Systemhaus GmbH', city: 'Kiel' })
  const kaspersky = KASPERSKY_SERVICES.map((service) => hand.addService(service))
  const others = OTHER_SERVICES.map((service) => hand.addService(service))
  const bundles = BUNDLES.map(({ members, ...bundle }) => {
    const chosen = others.filter((service) => members.includes(service.sku ?? ''))
    return hand.addBundle({ ...bundle, serviceIDs: chosen.map((service) => service.id) })
  })
  const making: Making = { prng, clock, hand, kaspersky, others, bundles }
  options.customers.forEach((customer, index) => {
    const story = STORIES[index % STORIES.length] ?? 'monthly'
    makeAccount(making, autotask, { customer, story, index })
  })
  return autotask
}

function makeAccount(
  making: Making,
  autotask: AutotaskState,
  given: { customer: Customer; story: Story; index: number },
): void {
  const { customer, story, index } = given
  const { prng, hand } = making
  const account = hand.addAccount({
    companyName: accountName(prng, customer),
    customerID: customer.id,
    isActive: story !== 'inactive account',
    city: customer.city,
  })
  account.companyNumber = `K${String(10_000 + customer.id * 7)}`
  account.phone = `+49 ${prng.integer(200, 999)} ${prng.integer(10_000, 999_999)}`
  const startDay = START_DAYS[index % START_DAYS.length] ?? 1
  for (const contract of makeContracts(making, account.id, { story, startDay })) {
    if (contract.contractType !== 7) continue
    makeLines(making, contract)
    postSome(making, autotask, contract)
  }
}

/** Accounts resemble their virtual servers without being equal: legal forms, transliterations, slips of the pen. */
export function accountName(prng: Prng, customer: Customer): string {
  const draw = prng.next()
  if (draw < 0.4) return customer.name
  if (draw < 0.55) return customer.shortName
  if (draw < 0.65) return `${customer.name} (${customer.city})`
  if (draw < 0.75) return transliterated(customer.name)
  if (draw < 0.83) return customer.name.toUpperCase()
  if (draw < 0.92) return withSlip(prng, customer.name)
  return `${customer.shortName.split(' ').toReversed().join(' ')}, ${customer.city}`
}

function transliterated(name: string): string {
  const pairs: Readonly<Record<string, string>> = {
    ä: 'ae',
    ö: 'oe',
    ü: 'ue',
    ß: 'ss',
    Ö: 'Oe',
    ø: 'oe',
    å: 'aa',
  }
  const german = name.replaceAll(/[äöüßÖøå]/gu, (letter) => pairs[letter] ?? letter)
  return german.normalize('NFD').replaceAll(/\p{M}/gu, '')
}

function withSlip(prng: Prng, name: string): string {
  const at = prng.integer(2, Math.max(2, name.length - 4))
  return name.slice(0, at) + (name[at + 1] ?? '') + (name[at] ?? '') + name.slice(at + 2)
}

function makeContracts(
  making: Making,
  companyID: number,
  given: { story: Story; startDay: number },
): ContractRow[] {
  const { prng, clock, hand } = making
  const today = clock.day()
  const add = (contractName: string, more: Partial<ContractRow> = {}) => {
    const startDate = startBefore(today, prng.integer(6, 10), given.startDay)
    const years = prng.integer(2, 4)
    const endDate = endAfter(startDate, years)
    return hand.addContract({ companyID, contractName, startDate, endDate, ...more } as never)
  }
  switch (given.story) {
    case 'monthly':
      return [add('Managed Services')]
    case 'two recurring':
      return [add('Managed Workplace'), add('IT-Sicherheit & Backup', { contractPeriodType: 2 })]
    case 'none':
      return []
    case 'hours beside':
      return [add('Time & Materials', { contractType: 1 }), add('Managed Services')]
    case 'block hours only':
      return [add('Block Hours 20', { contractType: 4 })]
    case 'quarterly':
      return [add('Managed Services (quarterly)', { contractPeriodType: 3 })]
    case 'half-yearly':
      return [add('Wartung & Schutz (half-yearly)', { contractPeriodType: 4 })]
    case 'yearly':
      return [add('Security Yearly', { contractPeriodType: 5 })]
    case 'ended': {
      const startDate = startBefore(today, 14, given.startDay)
      return [add('Managed Services', { startDate, endDate: endAfter(startDate, 1) })]
    }
    case 'not begun': {
      const startDate = addMonths(`${today.slice(0, 8)}01`, 2)
      return [add('Managed Services', { startDate, endDate: endAfter(startDate, 3) })]
    }
    case 'inactive account':
      return [add('Managed Services')]
    case 'inactive contract':
      return [add('Managed Services (old terms)', { status: 0 })]
    default:
      throw new Error(`no such story: ${String(given.story satisfies never)}`)
  }
}

function startBefore(today: Day, months: number, startDay: number): Day {
  const first = addMonths(`${today.slice(0, 8)}01`, -months)
  const last = addDays(addMonths(first, 1), -1)
  return startDay > Number(last.slice(8)) ? last : addDays(first, startDay - 1)
}

function endAfter(startDate: Day, years: number): Day {
  return addDays(addMonths(startDate, years * 12), -1)
}

function makeLines(making: Making, contract: ContractRow): void {
  const { prng, hand, kaspersky, others, bundles } = making
  const contractID = contract.id
  const sold = prng
    .shuffle(others.filter((service) => service.isActive))
    .slice(0, prng.integer(2, 5))
  for (const service of sold) {
    hand.addLine({ contractID, serviceID: service.id, units: prng.integer(1, 40) })
  }
  for (const bundle of bundles) {
    const units = prng.integer(2, 25)
    if (prng.chance(0.1)) hand.addLine({ contractID, serviceBundleID: bundle.id, units })
  }
  // Most Kaspersky lines do not exist yet; some stand ready with 0 units, and a few were entered by hand.
  for (const service of kaspersky) {
    if (prng.chance(0.04)) hand.addLine({ contractID, serviceID: service.id, units: 0 })
    else if (prng.chance(0.015)) {
      hand.addLine({ contractID, serviceID: service.id, units: prng.integer(3, 30) })
    }
  }
}

function postSome(making: Making, autotask: AutotaskState, contract: ContractRow): void {
  const { prng, clock } = making
  const switches = DEFAULT_SWITCHES
  if (contract.startDate > clock.day() || !prng.chance(0.45)) return
  const firstOfMonth = `${clock.day().slice(0, 8)}01`
  // Most providers bill the month that is over; some post the running one in advance.
  const through = prng.chance(0.8) ? addDays(firstOfMonth, -1) : clock.day()
  for (let day = contract.startDate; day <= through; day = addMonths(day, 1)) {
    // Posted at the end of each month as it came, so that posting dates are as spread as real ones.
    const postedOn = addMonths(`${day.slice(0, 8)}01`, 1)
    const at = createClock(postedOn < clock.day() ? postedOn : clock.day())
    approveAndPost(autotask, { through: day, contracts: [contract] }, { clock: at, switches })
  }
}
