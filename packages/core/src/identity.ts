import type { ContractId, LineId, ServiceId } from './values/ids.ts'

/**
 * The identity of an adjustment: contract, service and the number of the line's journal entry it becomes.
 *
 * Two planners who know the same past give the same key, so that the database lets one of them write. The effective
 * day is left out on purpose: two planners on two sides of midnight may choose two days for one and the same intent,
 * and they too must collide. Nor does the line's id belong here: it is unknown before the first adjustment creates it.
 */
export function adjustmentKey(contract: ContractId, service: ServiceId, ordinal: number): string {
  return `${contract}/${service}/${ordinal}`
}

/**
 * The key of a held adjustment on one of several lines that a service has on a contract: one of these per line, so
 * that a person can choose. It is never posted under this key.
 */
export function candidateKey(key: string, line: LineId): string {
  return `${key}@${line}`
}
