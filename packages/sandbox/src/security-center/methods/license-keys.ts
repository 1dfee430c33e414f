import type { KeyUse, LicenceKey } from '../../world/security/security-state.ts'
import { PHYSICAL_SERVER_ID } from '../../world/security/security-state.ts'
import { lookup } from '../../world/security/lookup.ts'
import { containerOf, type FieldTable, freezeRows, withoutValue } from '../fields.ts'
import { badFormat, notFound, PxgError } from '../pxg-error.ts'
import { type Container, datetime, long, type Outer, params } from '../wire.ts'
import type { MethodContext, Methods } from './method.ts'

const DEFAULT_ITERATOR_SECONDS = 15 * 60

/** Class LicenseKeys, reading only. */
export const licenseKeyMethods: Methods = {
  'LicenseKeys.EnumKeys': (context, given) => {
    const options = given.container('pOptions')
    const installedOnly = options['KLLICSRV_ENOPT_INSTALLED_ONLY'] === true
    const keys = context.reach.keys().filter((key) => !installedOnly || context.reach.isStored(key))
    const wanted = { fields: given.names('pFields'), order: given.order('pFieldsToOrder') }
    const rows = freezeRows(keys, keyFields(context), wanted, context.settings)
    return openIterator(context, rows, given.whole('lTimeoutSec'))
  },
  'LicenseKeys.AcquireKeyHosts': (context, given) => {
    const serial = given.container('pInData')['KLLIC_SERIAL']
    if (typeof serial !== 'string') throw badFormat('pInData lacks KLLIC_SERIAL')
    given.container('pOptions')
    findKey(context, serial)
    const wanted = { fields: given.names('pFields'), order: given.order('pFieldsToOrder') }
    const uses = context.reach.listedUses(serial)
    const rows = freezeRows(uses, useFields(context), wanted, context.settings)
    return openIterator(context, rows, given.whole('lTimeoutSec'))
  },
  'LicenseKeys.GetKeyData': (context, given) => {
    const { KLLIC_SERIAL: serial, ...wanted } = given.container('pKeyInfo')
    if (typeof serial !== 'string') throw badFormat('pKeyInfo lacks KLLIC_SERIAL')
    const key = findKey(context, serial)
    const fields = ['KLLIC_SERIAL', ...Object.keys(wanted)]
    return { PxgRetVal: containerOf(key, keyFields(context), fields) }
  },
  'LicenseKeys.AcquireKeyUsageStatistics': (context, given) => {
    if (context.settings.version < 16) throw new PxgError(1194)
    const key = findKey(context, given.text('wstrSerial'))
    return { PxgRetVal: usageStatistics(context, key).map((row) => params(row)) }
  },
}

function openIterator(
  { session, settings }: MethodContext,
  rows: ReturnType<typeof freezeRows>,
  seconds: number,
): Record<string, Outer> {
  const life = seconds === 0 ? DEFAULT_ITERATOR_SECONDS : seconds
  return {
    lKeyCount: rows.count + (settings.totals === 'keyCountOff' ? 1 : 0),
    wstrIterator: session.cursors.open('iterator', rows, life),
  }
}

function findKey({ reach }: MethodContext, serial: string): LicenceKey {
  const key = reach.keys().find((one) => one.serial === serial)
  if (!key) throw notFound(`key "${serial}"`)
  return key
}

function keyFields({ reach, settings }: MethodContext): FieldTable<LicenceKey> {
  const count = (key: LicenceKey, current: boolean) => {
    const uses = reach.countedUses(key.serial).filter((use) => use.current === current)
    // Until 14 the server counted installed products; since 15 it counts devices.
    return settings.version === 14 ? uses.length : distinctDevices(uses)
  }
  const extra = settings.totals === 'currentCountOff' ? 1 : 0
  return {
    ...KEY_FIELDS,
    KLLIC_NHOSTS_ASCURRENT: (key) => count(key, true) + extra,
    KLLIC_NHOSTS_ASNEXT: (key) => count(key, false),
    KLLICSRV_KEY_INSTALLED: (key) => reach.isStored(key),
    KLLIC_USED_BY_ADM_SRV: (key) =>
      settings.usedByServer === 'bool' ? key.usedByServer > 0 : key.usedByServer,
  }
}

const KEY_FIELDS: FieldTable<LicenceKey> = {
  KLLIC_SERIAL: (key) => key.serial,
  KLLIC_PROD_NAME: (key) => key.productName,
  KLLIC_APP_ID: (key) => key.appId,
  KLLIC_APP_IDS: (key) =>
    params({
      [String(key.appId)]: params({ KLLIC_APP_ID: key.appId, KLLIC_LICOBJECT_1: key.units }),
    }),
  KLLIC_PROD_SUITE_ID: (key) => key.suiteId,
  KLLIC_MAJ_VER: () => '',
  KLLIC_PART_NUMBER: (key) => key.partNumber,
  KLLIC_PARTNER_NAME: () => 'Practice MSP',
  KLLIC_KEY_TYPE: (key) => key.keyType,
  KLLIC_LIMIT_DATE: (key) => datetime(key.limitDate),
  KLLIC_CREATION_DATE: (key) => datetime(key.createdAt),
  KLLIC_NEAREST_EXPIRATION_DATE: (key) => datetime(key.limitDate),
  KLLIC_LICENSE_PERIOD: (key) => (key.subscription ? 0 : 365),
  KLLIC_LIC_COUNT: (key) => key.units,
  KLLICSRV_AUTOKEY: (key) => key.storedOn !== null,
  KLLIC_LICTYPE_IS_SUBSCRIPTION: (key) => key.subscription !== null,
  // Only subscriptions carry these.
  KLLIC_SUBSCRINFO_STATE: (key) => key.subscription?.state,
  KLLIC_SUBSCRINFO_ENDDATE: (key) =>
    key.subscription ? datetime(key.subscription.endDate) : undefined,
  KLLIC_SUBSCRINFO_ENDDATETYPE: (key) => key.subscription?.endDateType,
  KLLIC_SUBSCRINFO_GRACETERM: (key) => key.subscription?.graceDays,
  ...withoutValue([
    'KLLIC_SUBSCRINFO_PROVIDERURL',
    'KLLIC_LICINFO',
    'KLLIC_SUPPORT_INFO',
    'KLLIC_CUSTOMER_INFO',
  ]),
}

function useFields({ state }: MethodContext): FieldTable<KeyUse> {
  const { deviceById, groupById } = lookup(state)
  const groupOf = (use: KeyUse) => groupById.get(deviceById.get(use.deviceId)?.groupId ?? -1)
  return {
    KLLICSRV_HOSTNAME: (use) => use.deviceId,
    KLLICSRV_HOSTDN: (use) => deviceById.get(use.deviceId)?.name,
    // Text here, while the group's id is a number everywhere else.
    KLLICSRV_HOST_GRPID: (use) => {
      const group = groupOf(use)
      return group && String(group.id)
    },
    KLLICSRV_HOST_GRPNAME: (use) => groupOf(use)?.name,
    KLLICSRV_HOST_CURRENT: (use) => use.current,
    KLLICSRV_PRODUCT: (use) => use.product,
    KLLICSRV_VERSION: (use) => use.productVersion,
    KLLICSRV_INSTALL_TIME: (use) => datetime(use.installedAt),
    KLLICSRV_EXPIRATION_TIME: (use) =>
      use.expiresAt === null ? undefined : datetime(use.expiresAt),
    KLLIC_LIC_IS_PENDING_SUBSCRIPTION: () => false,
  }
}

/** Totals of one key per server. Which names the real rows have is not known; a setting chooses between two readings. */
function usageStatistics(
  { state, session, settings }: MethodContext,
  key: LicenceKey,
): Container[] {
  const index = lookup(state)
  const rows: Container[] = []
  const isMain = session.virtualServerId === PHYSICAL_SERVER_ID
  const seen = isMain
    ? [PHYSICAL_SERVER_ID, ...index.virtualServerById.keys()]
    : [session.virtualServerId]
  for (const id of seen) {
    const uses = index.usesOfServer.get(id)?.get(key.serial)
    if (!uses) continue
    const name = index.virtualServerById.get(id)?.name ?? ''
    rows.push({
      ...(settings.usageStatisticsNames === 'virtualServer'
        ? { KLVSRV_ID: id, KLVSRV_DN: name }
        : { KLSRV_ST_VIRT_SERVER_ID: long(id, settings.longs), KLSRV_ST_VIRT_SERVER_NAME: name }),
      KLLIC_NHOSTS_ASCURRENT: distinctDevices(uses.filter((use) => use.current)),
      KLLIC_NHOSTS_ASNEXT: distinctDevices(uses.filter((use) => !use.current)),
    })
  }
  return rows
}

function distinctDevices(uses: readonly KeyUse[]): number {
  return new Set(uses.map((use) => use.deviceId)).size
}
