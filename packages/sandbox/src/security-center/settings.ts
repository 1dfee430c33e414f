import { z } from 'zod'

/**
 * How this Kaspersky Security Center behaves, where the real one differs by version or its behaviour is not known. The
 * body of `POST /security-center` is any part of it.
 */
export const settingsSchema = z.strictObject({
  /**
   * 16 knows LicenseKeys.AcquireKeyUsageStatistics; 14 and 15 answer 1194. 14 counts KLLIC_NHOSTS_ASCURRENT in installed
   * products, 15 and 16 in devices (the attribute tables of 13.1 and 15.4 say so).
   */
  version: z.union([z.literal(14), z.literal(15), z.literal(16)]),
  /**
   * What a session on the main server sees of keys: `everything`; `ownRows`, all keys and totals, but only its own
   * devices' rows; `own`, only its own keys, totals and rows.
   */
  reach: z.enum(['everything', 'ownRows', 'own']),
  /** How GetNextItems ends: bEOF with the last rows, or on a further, empty page. */
  endOfRows: z.enum(['withLastRows', 'emptyPage']),
  /** KLVSRV_ID and KLVSRV_DN on devices: left out, answered, or refused with 1186. */
  deviceVirtualServer: z.enum(['absent', 'answered', 'refused']),
  /** What FindHosts and FindGroups do without KLGRP_FIND_FROM_CUR_VS_ONLY. */
  findDefault: z.enum(['currentServer', 'everything']),
  /** What X-KSC-VServer may name. */
  virtualServerHeader: z.enum(['name', 'uid', 'either']),
  /** A refused sign-in: HTTP 401 with text, or HTTP 200 with error 1453. */
  refusedSignIn: z.enum(['http401', 'error1453']),
  /** Wrong passwords in a row until the account is blocked (2013). */
  passwordAttempts: z.number().int().min(1),
  /** KLLIC_USED_BY_ADM_SRV as a number (as the attribute tables say) or as a bool. */
  usedByServer: z.enum(['number', 'bool']),
  /** How 64-bit numbers stand inside their wrapping: a comment in the vendor's own client shows text. */
  longs: z.enum(['number', 'text']),
  /** Member names of AcquireKeyUsageStatistics rows; the real ones are not known. */
  usageStatisticsNames: z.enum(['virtualServer', 'statistics']),
  /** The most rows of one page, whatever is asked for; null: no limit. */
  maxPageRows: z.number().int().min(1).nullable(),
  /** Reads after which an iterator or accessor has expired (1186); null: by its time only. */
  cursorReads: z.number().int().min(0).nullable(),
  /**
   * Leaves an attribute out of every n-th row of result sets: `{"KLLICSRV_HOST_GRPID": 10}`; 1 is every row. With
   * `VServers.` before its name, out of the list of virtual servers.
   */
  missingFields: z.record(z.string(), z.number().int().min(1)),
  /** Totals that do not agree with the rows: lKeyCount, or KLLIC_NHOSTS_ASCURRENT, is one too many. */
  totals: z.enum(['agree', 'keyCountOff', 'currentCountOff']),
  /** Operations the account may not call (1184): parts of `Class.Method`. */
  denied: z.array(z.string()),
  /** Virtual servers (by id) on which the account has no rights (1184 at sign-in). */
  deniedVirtualServers: z.array(z.number().int()),
})

/** How this Kaspersky Security Center behaves. */
export type SecurityCenterSettings = z.infer<typeof settingsSchema>

/** A KSC 15 that lets the main server see everything, and everything else in the position that asks least of a client. */
export function defaultSettings(): SecurityCenterSettings {
  return {
    version: 15,
    reach: 'everything',
    endOfRows: 'withLastRows',
    deviceVirtualServer: 'absent',
    findDefault: 'currentServer',
    virtualServerHeader: 'name',
    refusedSignIn: 'http401',
    passwordAttempts: 10,
    usedByServer: 'number',
    longs: 'number',
    usageStatisticsNames: 'virtualServer',
    maxPageRows: null,
    cursorReads: null,
    missingFields: {},
    totals: 'agree',
    denied: [],
    deniedVirtualServers: [],
  }
}
