import type { Prng } from '../../prng.ts'
import type { MadeKey } from './generate-keys.ts'
import type { KeyUse, LicenceKey, SecurityDevice, VirtualServer } from './security-state.ts'
import type { ApplicationCode, KeyTemplate } from './catalogue.ts'

/** A customer's choice of applications. */
interface Plan {
  main: ApplicationCode
  servers: ApplicationCode
  addOns: readonly ApplicationCode[]
  keyOf: (application: ApplicationCode) => LicenceKey | undefined
}

const PRODUCTS: Record<ApplicationCode, { product: string; version: string }> = {
  select: { product: 'KES', version: '21.19.0.0' },
  advanced: { product: 'KES', version: '21.19.0.0' },
  nextFoundations: { product: 'KES', version: '21.20.0.0' },
  nextOptimum: { product: 'KES', version: '21.20.0.0' },
  edrOptimum: { product: 'KES', version: '21.19.0.0' },
  hybridCloud: { product: 'KSVLA', version: '6.1.0.0' },
  mailServer: { product: 'KSMG', version: '2.1.0.0' },
  patchManagement: { product: '1103', version: '15.1.0.0' },
  securityCenter: { product: '1093', version: '15.1.0.0' },
}

/** The product code and version under which an application reports its key. */
export function productOf(application: ApplicationCode): { product: string; version: string } {
  return PRODUCTS[application]
}

/** The key uses of the physical server's devices: its own key on one, the first main key on the others. */
export function generatePhysicalUses(
  devices: readonly SecurityDevice[],
  made: readonly MadeKey[],
): KeyUse[] {
  const own = made.find(({ template }) => template.role === 'server')
  const main = made.find(({ template }) => template.role === 'main')
  return devices.flatMap((device, position) => {
    const chosen = position === 0 ? own : main
    return chosen ? [buildUse(device, chosen.key, chosen.template)] : []
  })
}

/** The key uses of one virtual server's devices. */
export function generateUses(
  prng: Prng,
  now: Date,
  given: { server: VirtualServer; devices: readonly SecurityDevice[]; keys: readonly MadeKey[] },
): KeyUse[] {
  const plan = drawPlan(prng, given.server, given.keys)
  const templates = new Map(given.keys.map(({ key, template }) => [key, template]))
  const past = new Date(now.getTime() - 10 * 86_400_000).toISOString().replace('.000', '')
  return given.devices.flatMap((device) => {
    if (prng.chance(0.03)) return []
    const uses: KeyUse[] = []
    for (const application of applicationsOf(prng, plan, device)) {
      const key = plan.keyOf(application)
      const template = key && templates.get(key)
      if (!key || !template) continue
      uses.push(...usesOf(prng, device, { key, template, keys: given.keys }))
    }
    // The key has ended on the device although the key itself goes on.
    return prng.chance(0.003) ? uses.map((use) => ({ ...use, expiresAt: past })) : uses
  })
}

/** One use of a key by a device, with the key's own end. */
export function buildUse(
  device: SecurityDevice,
  key: LicenceKey,
  template: Pick<KeyTemplate, 'application'>,
): KeyUse {
  const { product, version } = PRODUCTS[template.application]
  return {
    serial: key.serial,
    deviceId: device.id,
    current: true,
    product,
    productVersion: version,
    installedAt: device.createdAt,
    expiresAt: key.limitDate,
  }
}

function drawPlan(prng: Prng, server: VirtualServer, made: readonly MadeKey[]): Plan {
  const drawn = prng.next()
  const main = drawn < 0.4 ? 'select' : drawn < 0.75 ? 'advanced' : 'nextFoundations'
  const addOns: ApplicationCode[] = []
  if (prng.chance(0.35)) addOns.push('edrOptimum')
  if (prng.chance(0.2)) addOns.push('patchManagement')
  if (prng.chance(0.04)) addOns.push('nextOptimum')
  const chosen = new Map<ApplicationCode, LicenceKey>()
  for (const { key, template } of prng.shuffle(made)) {
    const usable = template.role === 'main' || isOnlyKeyOf(template, made)
    const elsewhere = template.ownStore && key.storedOn !== server.id
    if (usable && !elsewhere) chosen.set(template.application, key)
  }
  if (chosen.has('mailServer')) addOns.push('mailServer')
  return {
    main,
    servers: prng.chance(0.3) ? 'hybridCloud' : main,
    addOns,
    keyOf: (application) => chosen.get(application),
  }
}

/** Applications that only have a doubtful key are used with that one. */
function isOnlyKeyOf(template: KeyTemplate, made: readonly MadeKey[]): boolean {
  return (
    template.role === 'some' &&
    !made.some(
      (one) => one.template.application === template.application && one.template.role === 'main',
    )
  )
}

function applicationsOf(prng: Prng, plan: Plan, device: SecurityDevice): ApplicationCode[] {
  const { category } = device.os
  const isServer = category === 'WINDOWS_SERVER'
  const addOns = plan.addOns.filter((application) => {
    if (application === 'mailServer') return category === 'NON_WINDOWS' || isServer
    return category !== 'NON_WINDOWS' && prng.chance(0.8)
  })
  return [isServer ? plan.servers : plan.main, ...addOns]
}

function usesOf(
  prng: Prng,
  device: SecurityDevice,
  { key, template, keys }: { key: LicenceKey; template: KeyTemplate; keys: readonly MadeKey[] },
): KeyUse[] {
  const others = keys.filter(
    (one) =>
      one.key !== key &&
      one.template.application === template.application &&
      !one.template.ownStore,
  )
  const doubtful = others.filter((one) => one.template.role === 'some')
  if (doubtful.length > 0 && prng.chance(0.04)) {
    const instead = prng.pick(doubtful)
    return [buildUse(device, instead.key, instead.template)]
  }
  const uses = [buildUse(device, key, template)]
  // Two products of one device hold the same key: two rows, one device.
  if (prng.chance(0.02))
    uses.push({ ...buildUse(device, key, template), product: 'SOYUZ', productVersion: '3.16.0.0' })
  for (const other of others) {
    const use = secondUse(prng, buildUse(device, other.key, other.template), other.template.role)
    if (use) uses.push(use)
  }
  return uses
}

/** A second key of the same application: mostly in reserve, now and then active besides the first. */
function secondUse(prng: Prng, use: KeyUse, role: KeyTemplate['role']): KeyUse | undefined {
  if (role === 'reserve') return prng.chance(0.2) ? { ...use, current: false } : undefined
  if (role === 'renewal')
    return prng.chance(0.3) ? { ...use, current: prng.chance(0.15) } : undefined
  return role === 'main' && prng.chance(0.03) ? use : undefined
}
