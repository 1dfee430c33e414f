import { addDays, dayOf } from '../../calendar.ts'
import type { Prng } from '../../prng.ts'
import { hex } from './generate-structure.ts'
import type { LicenceKey } from './security-state.ts'
import {
  APP_IDS,
  APPLICATIONS,
  FURTHER_KEY_TEMPLATES,
  KEY_TEMPLATES,
  type KeyTemplate,
} from './catalogue.ts'

/** A key with the template it was made from. */
export interface MadeKey {
  key: LicenceKey
  template: KeyTemplate
}

/** `count` keys: the first 14 of the catalogue, then the further ones in turn. */
export function generateKeys(prng: Prng, now: Date, count: number): MadeKey[] {
  return Array.from({ length: count }, (_, position) => {
    const template = templateAt(position)
    return { template, key: buildKey(prng, now, { template, position }) }
  })
}

function templateAt(position: number): KeyTemplate {
  const further = (position - KEY_TEMPLATES.length) % FURTHER_KEY_TEMPLATES.length
  const template = KEY_TEMPLATES[position] ?? FURTHER_KEY_TEMPLATES[further]
  if (!template) throw new RangeError(`no key template at ${position}`)
  return template
}

function buildKey(
  prng: Prng,
  now: Date,
  { template, position }: { template: KeyTemplate; position: number },
): LicenceKey {
  const { application, keyType, endsInDays, subscription, role, ownStore } = template
  const today = dayOf(now.getTime())
  const limitDate = endsInDays === null ? null : `${addDays(today, endsInDays)}T22:00:00Z`
  const appId = APP_IDS[application]
  return {
    serial:
      `${hex(prng, 4)}-${String(prng.integer(0, 999_999)).padStart(6, '0')}-${hex(prng, 8)}`.toUpperCase(),
    productName: APPLICATIONS[application],
    appId,
    suiteId: 1_300 + (appId % 100),
    partNumber: `KL${4_000 + position * 37}XAQFS`,
    keyType,
    createdAt: `${addDays(today, -prng.integer(30, 300))}T00:00:00Z`,
    limitDate,
    subscription: subscription
      ? { ...subscription, endDate: limitDate, graceDays: keyType === 6 ? 7 : 0 }
      : null,
    units: 0,
    storedOn: ownStore ? null : 0,
    usedByServer: role === 'server' ? 1 : 0,
  }
}
