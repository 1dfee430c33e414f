import type { KeyFacts } from '../counting/key-decision.ts'
import { readIterator } from '../protocol/rows.ts'
import type { Session } from '../protocol/session.ts'
import type { Fields } from './fields.ts'
import { flag, groupId, instant, integer, requiredText, rowOf, text } from './fields.ts'

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

const key = rowOf((fields): Key => ({
  serial: requiredText(fields, 'KLLIC_SERIAL'),
  application: text(fields, 'KLLIC_PROD_NAME'),
  activeUses: integer(fields, 'KLLIC_NHOSTS_ASCURRENT'),
  facts: {
    type: integer(fields, 'KLLIC_KEY_TYPE'),
    isSubscription: flag(fields, 'KLLIC_LICTYPE_IS_SUBSCRIPTION'),
    subscriptionState: integer(fields, 'KLLIC_SUBSCRINFO_STATE'),
    subscriptionEndType: integer(fields, 'KLLIC_SUBSCRINFO_ENDDATETYPE'),
    limitMs: instant(fields, 'KLLIC_LIMIT_DATE'),
    isUsedByServer: flag(fields, 'KLLIC_USED_BY_ADM_SRV'),
    applicationIds: toApplicationIds(fields),
  },
}))

const keyRow = rowOf((fields): KeyRow => ({
  deviceId: requiredText(fields, 'KLLICSRV_HOSTNAME'),
  groupId: groupId(fields, 'KLLICSRV_HOST_GRPID'),
  isActive: flag(fields, 'KLLICSRV_HOST_CURRENT'),
  endsAtMs: instant(fields, 'KLLICSRV_EXPIRATION_TIME'),
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

/** `KLLIC_APP_ID`, and the names in the container `KLLIC_APP_IDS`. */
function toApplicationIds(fields: Fields): readonly number[] {
  const id = integer(fields, 'KLLIC_APP_ID')
  const listed = Object.keys(fields['KLLIC_APP_IDS'] ?? {})
    .map(Number)
    .filter((number) => Number.isInteger(number))
  return id === null || listed.includes(id) ? listed : [id, ...listed]
}
