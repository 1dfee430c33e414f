import { expect, test } from 'vitest'
import { toAccountId, toContractId } from './convert.ts'
import { toAccountUrl, toContractUrl } from './links.ts'

test('links lead to the pages of an account and a contract in the zone of the database', () => {
  const webUrl = 'https://ww3.autotask.net/'
  const command = 'https://ww3.autotask.net/Autotask/AutotaskExtend/ExecuteCommand.aspx'
  expect(toAccountUrl(webUrl, toAccountId(0))).toBe(`${command}?Code=OpenAccount&AccountID=0`)
  expect(toContractUrl(webUrl, toContractId(29683566))).toBe(
    `${command}?Code=OpenContract&ContractID=29683566`,
  )
})
