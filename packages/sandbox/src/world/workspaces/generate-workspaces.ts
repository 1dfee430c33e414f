import { addDays, type Day } from '../../calendar.ts'
import type { Clock } from '../../clock.ts'
import type { Prng } from '../../prng.ts'
import type { Customer } from '../generation/customers.ts'
import { guid } from '../security/generate-structure.ts'
import type { LicenceUnit, WorkspaceLicence, WorkspaceState } from './workspace-state.ts'

/** The applications of the cloud console and what they count. */
const CLOUD_APPLICATIONS = {
  cloud: { name: 'Kaspersky Endpoint Security Cloud', unit: 'device' },
  cloudPlus: { name: 'Kaspersky Endpoint Security Cloud Plus', unit: 'user' },
  cloudPro: { name: 'Kaspersky Endpoint Security Cloud Pro', unit: 'user' },
  office365: { name: 'Kaspersky Security for Microsoft Office 365', unit: 'mailbox' },
} as const satisfies Record<string, { name: string; unit: LicenceUnit }>

type CloudApplication = keyof typeof CLOUD_APPLICATIONS

/** Makes a workspace for each customer: mostly one or two licences, now and then a trial or an expired one besides. */
export function generateWorkspaces(options: {
  prng: Prng
  clock: Clock
  customers: readonly Customer[]
}): WorkspaceState {
  const today = options.clock.day()
  return {
    workspaces: options.customers.map((customer) => {
      const prng = options.prng.fork(`workspace ${customer.id}`)
      return {
        id: guid(prng),
        // The console holds what the customer typed at registration: the full name, or only what it is called.
        company: prng.chance(0.75) ? customer.name : customer.shortName,
        registeredOn: addDays(today, -prng.integer(40, 1_200)),
        licences: drawLicences(prng, customer, today),
      }
    }),
  }
}

function drawLicences(prng: Prng, customer: Customer, today: Day): WorkspaceLicence[] {
  const main = prng.pick<CloudApplication>(['cloud', 'cloudPlus', 'cloudPlus', 'cloudPro'])
  const used = 2 + Math.round(customer.weight * prng.next() * 1.5)
  const licences = [drawLicence(prng, today, { application: main, used })]
  if (prng.chance(0.4)) {
    const mailboxes = Math.max(1, Math.round(used * (0.8 + prng.next() * 0.6)))
    licences.push(drawLicence(prng, today, { application: 'office365', used: mailboxes }))
  }
  if (prng.chance(0.15))
    licences.push({
      ...drawLicence(prng, today, { application: main, used: prng.integer(1, 5) }),
      type: 'trial',
      expiresOn: addDays(today, 20),
    })
  if (prng.chance(0.15))
    licences.push({
      ...drawLicence(prng, today, { application: main, used: prng.integer(1, 5) }),
      type: 'commercial',
      expiresOn: addDays(today, -prng.integer(3, 90)),
    })
  // Bought in two portions: both count.
  if (prng.chance(0.1))
    licences.push(drawLicence(prng, today, { application: main, used: prng.integer(1, 9) }))
  return licences
}

function drawLicence(
  prng: Prng,
  today: Day,
  { application, used }: { application: CloudApplication; used: number },
): WorkspaceLicence {
  const { name, unit } = CLOUD_APPLICATIONS[application]
  const type = prng.chance(0.7) ? 'subscription' : 'commercial'
  const isOpenEnded = type === 'subscription' && prng.chance(0.5)
  return {
    id: guid(prng).slice(0, 13).toUpperCase(),
    application: name,
    unit,
    type,
    used,
    limit: Math.ceil((used * 1.2) / 5) * 5,
    paused: false,
    expiresOn: isOpenEnded ? null : addDays(today, prng.integer(400, 1_100)),
  }
}
