import { type createClient, rowsOf } from './security-center-client.ts'

type Client = ReturnType<typeof createClient>
type Row = Record<string, unknown>

/** Reads an iterator to its end. */
export async function readIterator(
  client: Client,
  session: string,
  given: { operation: string; body: unknown; page: number },
): Promise<{ total: number; rows: Row[]; pages: number }> {
  const opened = await client.call(session, given.operation, given.body)
  const rows: Row[] = []
  for (let pages = 1; ; pages += 1) {
    const page = await client.call(session, 'GroupSyncIterator.GetNextItems', {
      szwIterator: opened.json['wstrIterator'],
      nCount: given.page,
    })
    rows.push(...rowsOf(page.json['pData']))
    if (page.json['bEOF'] === true) return { total: Number(opened.json['lKeyCount']), rows, pages }
  }
}

/** Reads an accessor to its end. */
export async function readAccessor(
  client: Client,
  session: string,
  given: { operation: string; body: Record<string, unknown>; page: number },
): Promise<{ total: number; rows: Row[] }> {
  const opened = await client.call(session, given.operation, {
    wstrFilter: '',
    vecFieldsToOrder: [],
    pParams: { KLGRP_FIND_FROM_CUR_VS_ONLY: false },
    lMaxLifeTime: 600,
    ...given.body,
  })
  const total = Number(opened.json['PxgRetVal'])
  const rows: Row[] = []
  while (rows.length < total) {
    const page = await client.call(session, 'ChunkAccessor.GetItemsChunk', {
      strAccessor: opened.json['strAccessor'],
      nStart: rows.length,
      nCount: given.page,
    })
    rows.push(...rowsOf(page.json['pChunk']))
  }
  return { total, rows }
}

/** The keys of a session that count by their type, state and end, written down independently of the world's own rule. */
async function readCountedKeys(client: Client, session: string, now: Date): Promise<Row[]> {
  const { rows } = await readIterator(client, session, {
    operation: 'LicenseKeys.EnumKeys',
    body: {
      pFields: [
        'KLLIC_SERIAL',
        'KLLIC_PROD_NAME',
        'KLLIC_APP_ID',
        'KLLIC_KEY_TYPE',
        'KLLIC_LIMIT_DATE',
        'KLLIC_NHOSTS_ASCURRENT',
        'KLLIC_SUBSCRINFO_STATE',
        'KLLIC_SUBSCRINFO_ENDDATETYPE',
      ],
      pFieldsToOrder: [],
      pOptions: {},
      lTimeoutSec: 0,
    },
    page: 10,
  })
  return rows.filter((row) => {
    const limit = (row['KLLIC_LIMIT_DATE'] as { value: string }).value
    const isOpen = row['KLLIC_SUBSCRINFO_ENDDATETYPE'] === 1 || Date.parse(limit) > now.getTime()
    return (
      [1, 6].includes(Number(row['KLLIC_KEY_TYPE'])) &&
      row['KLLIC_APP_ID'] !== 1017 &&
      (row['KLLIC_SUBSCRINFO_STATE'] ?? 0) === 0 &&
      isOpen
    )
  })
}

/** Device ids by serial and product name that hold the keys of a session now. */
export async function readActiveDevices(
  client: Client,
  session: string,
  now: Date,
): Promise<{ application: string; deviceId: string }[]> {
  const active: { application: string; deviceId: string }[] = []
  for (const key of await readCountedKeys(client, session, now)) {
    const { rows } = await readIterator(client, session, {
      operation: 'LicenseKeys.AcquireKeyHosts',
      body: {
        pInData: { KLLIC_SERIAL: key['KLLIC_SERIAL'] },
        pFields: ['KLLICSRV_HOSTNAME', 'KLLICSRV_HOST_CURRENT', 'KLLICSRV_EXPIRATION_TIME'],
        pFieldsToOrder: [],
        pOptions: {},
        lTimeoutSec: 0,
      },
      page: 1_000,
    })
    for (const row of rows) {
      const end = row['KLLICSRV_EXPIRATION_TIME'] as { value: string } | undefined
      const isOver = end !== undefined && Date.parse(end.value) <= now.getTime()
      if (row['KLLICSRV_HOST_CURRENT'] === true && !isOver)
        active.push({
          application: String(key['KLLIC_PROD_NAME']),
          deviceId: String(row['KLLICSRV_HOSTNAME']),
        })
    }
  }
  return active
}
