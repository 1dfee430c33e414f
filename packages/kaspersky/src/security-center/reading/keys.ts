import { z } from 'zod'
import type { KeyFacts } from '../counting/key-decision.ts'
import { readIterator } from '../protocol/rows.ts'
import type { Session } from '../protocol/session.ts'
import { flag, groupId, instant, integer, name } from './fields.ts'

/** A licence key. */
export interface Key {
  readonly serial: string
  /** `KLLIC_PROD_NAME`; `null` when the server does not name the product. */
  readonly application: string | null
  readonly facts: KeyFacts
  /** `KLLIC_NHOSTS_ASCURRENT`: how often it is used as the active key. */
  readonly activeUses: number | null
}

/** A device that holds a key. */
export interface KeyRow {
  readonly deviceId: string
  readonly deviceName: string | null
  readonly groupId: number | null
  /** True: the active key of the device. False: in reserve. */
  readonly isActive: boolean | null
  /** The end of the key on this device, where that is reported. */
  readonly endsAtMs: number | null
}

const KEY_FIELDS = [
  'KLLIC_SERIAL',
  'KLLIC_PROD_NAME',
  'KLLIC_APP_ID',
  'KLLIC_APP_IDS',
  'KLLIC_KEY_TYPE',
  'KLLIC_LIMIT_DATE',
  'KLLIC_NHOSTS_ASCURRENT',
  'KLLIC_USED_BY_ADM_SRV',
  'KLLIC_LICTYPE_IS_SUBSCRIPTION',
  'KLLIC_SUBSCRINFO_STATE',
  'KLLIC_SUBSCRINFO_ENDDATETYPE',
]

const key = z
  .object({
    KLLIC_SERIAL: z.string().min(1),
    KLLIC_PROD_NAME: name,
    KLLIC_APP_ID: integer,
    KLLIC_APP_IDS: z.record(z.string(), z.unknown()).nullish(),
    KLLIC_KEY_TYPE: integer,
    KLLIC_LIMIT_DATE: instant,
    KLLIC_NHOSTS_ASCURRENT: integer,
    KLLIC_USED_BY_ADM_SRV: flag,
    KLLIC_LICTYPE_IS_SUBSCRIPTION: flag,
    KLLIC_SUBSCRINFO_STATE: integer,
    KLLIC_SUBSCRINFO_ENDDATETYPE: integer,
  })
  .transform((row): Key => ({
    serial: row.KLLIC_SERIAL,
    application: row.KLLIC_PROD_NAME,
    activeUses: row.KLLIC_NHOSTS_ASCURRENT,
    facts: {
      type: row.KLLIC_KEY_TYPE,
      isSubscription: row.KLLIC_LICTYPE_IS_SUBSCRIPTION,
      subscriptionState: row.KLLIC_SUBSCRINFO_STATE,
      subscriptionEndType: row.KLLIC_SUBSCRINFO_ENDDATETYPE,
      limitMs: row.KLLIC_LIMIT_DATE,
      isUsedByServer: row.KLLIC_USED_BY_ADM_SRV,
      applicationIds: toApplicationIds(row.KLLIC_APP_ID, row.KLLIC_APP_IDS),
    },
  }))

const keyRow = z
  .object({
    KLLICSRV_HOSTNAME: z.string().min(1),
    KLLICSRV_HOSTDN: name,
    KLLICSRV_HOST_GRPID: groupId,
    KLLICSRV_HOST_CURRENT: flag,
    KLLICSRV_EXPIRATION_TIME: instant,
  })
  .transform((row): KeyRow => ({
    deviceId: row.KLLICSRV_HOSTNAME,
    deviceName: row.KLLICSRV_HOSTDN,
    groupId: row.KLLICSRV_HOST_GRPID,
    isActive: row.KLLICSRV_HOST_CURRENT,
    endsAtMs: row.KLLICSRV_EXPIRATION_TIME,
  }))

/** Every key the signed-in server knows, also those that only products report. */
export function readKeys(session: Session, pageSize: number): Promise<readonly Key[]> {
  return readIterator(session, {
    operation: 'LicenseKeys.EnumKeys',
    arguments: {
      pFields: KEY_FIELDS,
      pFieldsToOrder: [],
      pOptions: { KLLICSRV_ENOPT_INSTALLED_ONLY: false },
      lTimeoutSec: ITERATOR_LIFETIME_SECONDS,
    },
    row: key,
    pageSize,
  })
}

/** The devices that hold a key; one row for each product on each device. */
export function readKeyRows(
  session: Session,
  serial: string,
  pageSize: number,
): Promise<readonly KeyRow[]> {
  return readIterator(session, {
    operation: 'LicenseKeys.AcquireKeyHosts',
    arguments: {
      pInData: { KLLIC_SERIAL: serial },
      pFields: [
        'KLLICSRV_HOSTNAME',
        'KLLICSRV_HOSTDN',
        'KLLICSRV_HOST_GRPID',
        'KLLICSRV_HOST_CURRENT',
        'KLLICSRV_EXPIRATION_TIME',
      ],
      pFieldsToOrder: [],
      pOptions: {},
      lTimeoutSec: ITERATOR_LIFETIME_SECONDS,
    },
    row: keyRow,
    pageSize,
  })
}

const ITERATOR_LIFETIME_SECONDS = 900

function toApplicationIds(
  id: number | null,
  container: Record<string, unknown> | null | undefined,
): readonly number[] {
  const listed = Object.keys(container ?? {})
    .map(Number)
    .filter((number) => Number.isInteger(number))
  return id === null || listed.includes(id) ? listed : [id, ...listed]
}
