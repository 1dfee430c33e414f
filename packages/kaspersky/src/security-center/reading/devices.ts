import type { z } from 'zod'
import type { CountedDevice } from '../counting/tally.ts'
import { toDeviceCategory } from '../counting/device-category.ts'
import { hasCode } from '../protocol/failure.ts'
import { readChunks } from '../protocol/rows.ts'
import type { Session } from '../protocol/session.ts'
import { integer, requiredText, rowOf, text } from './fields.ts'
import { RESULT_LIFETIME_SECONDS } from './groups.ts'

/** A device as the server lists it. */
export interface ListedDevice extends CountedDevice {
  readonly groupId: number | null
  /** 0 for the physical server; `null` where the row does not say. */
  readonly serverId: number | null
}

/** Reads rows; the few names of operating systems are kept once each and not once a device. */
function deviceRows(): z.ZodType<ListedDevice> {
  const systems = new Map<string, string>()
  const shared = (name: string | null): string | null => {
    if (name === null) return null
    const known = systems.get(name) ?? name
    systems.set(known, known)
    return known
  }
  return rowOf((fields): ListedDevice => {
    const id = requiredText(fields, 'KLHST_WKS_HOSTNAME')
    const operatingSystem = shared(text(fields, 'KLHST_WKS_OS_NAME'))
    return {
      id,
      name: text(fields, 'KLHST_WKS_DN') ?? id,
      category: toDeviceCategory({
        osName: operatingSystem,
        typeFlags: integer(fields, 'KLHST_WKS_CTYPE'),
      }),
      operatingSystem,
      groupId: integer(fields, 'KLHST_WKS_GROUPID'),
      serverId: integer(fields, 'KLVSRV_ID'),
    }
  })
}

const FIELDS = [
  'KLHST_WKS_HOSTNAME',
  'KLHST_WKS_DN',
  'KLHST_WKS_GROUPID',
  'KLHST_WKS_OS_NAME',
  'KLHST_WKS_CTYPE',
]

/**
 * Devices of the signed-in server, or of all virtual servers with `ofAllServers`. Whether devices carry the id of
 * their virtual server is not documented; it is asked for, and done without when the server refuses the field.
 */
export async function readDevices(
  session: Session,
  { ofAllServers, pageSize }: { readonly ofAllServers: boolean; readonly pageSize: number },
): Promise<readonly ListedDevice[]> {
  const find = (fields: readonly string[]): Promise<ListedDevice[]> =>
    readChunks(session, {
      operation: 'HostGroup.FindHosts',
      arguments: {
        wstrFilter: '',
        vecFieldsToReturn: fields,
        vecFieldsToOrder: [{ Name: 'KLHST_WKS_HOSTNAME', Asc: true }],
        pParams: { KLGRP_FIND_FROM_CUR_VS_ONLY: !ofAllServers },
        lMaxLifeTime: RESULT_LIFETIME_SECONDS,
      },
      row: deviceRows(),
      pageSize,
    })
  if (!ofAllServers) return await find(FIELDS)
  try {
    return await find([...FIELDS, 'KLVSRV_ID'])
  } catch (error) {
    if (!hasCode(error, 'KSC_REFUSED', 'KSC_NOT_FOUND', 'KSC_METHOD_MISSING')) throw error
    return await find(FIELDS)
  }
}
