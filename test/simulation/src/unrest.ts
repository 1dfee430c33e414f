import { addDays, toDay } from '@trueup/core'
import { STORM, type FaultsInput } from '@trueup/sandbox'
import type { Dice } from './dice.ts'
import type { Accident } from './mortal-parts.ts'
import type { Office } from './office.ts'
import type { Practice } from './practice.ts'

/** Where unrest happens. */
export interface Scene {
  readonly practice: Practice
  readonly office: Office
  readonly dice: Dice
}

/** Faults of one call each, where a careless client bills twice or takes half an answer for a whole one. */
const SINGLE_FAULTS: readonly FaultsInput[] = [
  { applyThenDrop: 1 },
  { applyThen500: 1 },
  { applyThenDrop: 2 },
  { cutPage: 1 },
  { truncatedJson: 1 },
  { skippedRows: { count: 1, on: 'ContractServiceUnits' } },
  { duplicateIds: { count: 1, on: 'ContractServices.query' } },
  { wrongTypes: { count: 1, on: 'Contracts.query' } },
  { htmlError: { count: 1, on: 'Adjustments' } },
  { permissionLoss: { count: 1, on: 'Adjustments' } },
  { permissionLoss: { count: 1, on: 'query' } },
  { zoneMove: 1 },
  { pxgError: { count: 1, after: 4 } },
  { cutRows: { count: 1, on: 'GetNextItems' } },
  { cutRows: { count: 1, on: 'GetItemsChunk' } },
  { sessionLoss: { count: 1, after: 6 } },
  { dropConnection: { count: 1, after: 3 } },
]

/** Arms what will go wrong today: a storm, one fault, or nothing. */
export function armFaults({ practice: { sandbox }, dice }: Scene): void {
  sandbox.clearFaults()
  const weather = dice.integer(1, 10)
  // The storm's delays are real time, which is nobody's here.
  if (weather <= 6) sandbox.arm({ ...STORM, latencyMs: { rate: 0.1, ms: 1 } })
  else if (weather <= 9) sandbox.arm(dice.pick(SINGLE_FAULTS))
}

/** What people and devices do in a day. */
export async function liveADay(scene: Scene): Promise<void> {
  const { practice, dice } = scene
  practice.advance(dice.integer(1, 6))
  for (let count = dice.integer(0, 4); count > 0; count -= 1) changeUsage(scene)
  if (dice.chance(0.12)) editByHand(scene)
  if (dice.chance(0.12)) post(scene)
  if (dice.chance(0.04)) await changeVirtualServer(scene)
}

/** How the program's next start goes wrong, if it does. */
export function chooseAccident(scene: Scene): Accident | null {
  const { dice } = scene
  if (!dice.chance(0.6)) return null
  const call = dice.chance(0.4) ? dice.integer(1, 6) : dice.integer(1, 24)
  const kind = dice.pick(['DIES_BEFORE', 'DIES_AFTER', 'MEANWHILE'] as const)
  if (kind !== 'MEANWHILE') return { call, kind }
  const happens = dice.pick([changeUsage, editByHand, post])
  return { call, kind, happens: () => happens(scene) }
}

/** Posts what is due, sometimes ahead. */
export function post({ practice, dice }: Scene): void {
  const ahead = dice.chance(0.3) ? dice.integer(1, 45) : 0
  practice.sandbox.post(addDays(practice.day(), ahead))
}

function changeUsage({ practice: { sandbox }, dice }: Scene): void {
  const { usage } = sandbox.state()
  if (usage.length === 0) return
  const { virtualServerUid: virtualServer } = dice.pick(usage)
  const { application, category } = dice.pick(usage)
  const devices = dice.chance(0.15) ? 0 : dice.integer(1, 15)
  sandbox.setUsage({ virtualServer, application, category, devices })
}

/** Hand edits carry numbers that nothing else has, so that none is taken for another. */
const HAND_EDITS_FROM = 100

function editByHand({ practice, office, dice }: Scene): void {
  const { sandbox } = practice
  const { lines, contracts, adjustments, day } = sandbox.state()
  const open = contracts.filter(({ endDate }) => endDate >= day)
  const ours = lines.filter(
    ({ contractID, serviceID, unitPeriods }) =>
      unitPeriods.length > 0 &&
      open.some(({ id }) => id === contractID) &&
      office.customers.some(({ contract }) => contract === contractID) &&
      office.services.some(({ service }) => service === String(serviceID)),
  )
  if (ours.length === 0) return
  const line = dice.pick(ours)
  const next = line.unitPeriods.find(({ startDate }) => startDate > day)?.startDate
  const from = next !== undefined && dice.chance(0.6) ? next : day
  // Autotask takes one change of a line inside a period on one day.
  if (line.unitPeriods.some((row) => row.kind === 'change' && row.startDate === from)) return
  const units = HAND_EDITS_FROM + adjustments.length
  sandbox.hand.editUnits({ contractServiceID: line.id, units, from: toDay(from) })
}

async function changeVirtualServer({ practice, dice }: Scene): Promise<void> {
  const { virtualServers } = practice.sandbox.state()
  const { uid, name } = dice.pick(virtualServers)
  const isLast = virtualServers.length <= 2
  const change = isLast || dice.chance(0.7) ? { rename: uid, name: `${name} neu` } : { delete: uid }
  await practice.control('/virtual-server', change)
}
