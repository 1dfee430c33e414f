import type { AccountId, ContractId } from '@trueup/core'
import { toNumber } from './convert.ts'

/**
 * Autotask's own pages, by its command address below the zone's web root. People must be signed in there;
 * nothing of the API user goes along. The commands were seen in use on live zones.
 */
const COMMAND_PATH = 'Autotask/AutotaskExtend/ExecuteCommand.aspx'

/** The page of an account. `webUrl` is the zone's, from the connection test. */
export function toAccountUrl(webUrl: string, account: AccountId): string {
  return toCommandUrl(webUrl, { Code: 'OpenAccount', AccountID: String(toNumber(account)) })
}

/** The page of a contract. */
export function toContractUrl(webUrl: string, contract: ContractId): string {
  return toCommandUrl(webUrl, { Code: 'OpenContract', ContractID: String(toNumber(contract)) })
}

function toCommandUrl(webUrl: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(COMMAND_PATH, webUrl)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}
