import { expect, test } from 'vitest'
import { billCsv } from '../examples/bill-csv.ts'
import type { AccountId, ContractId, TenantId } from '../src/values/ids.ts'
import {
  aContract,
  anAccountMapping,
  aService,
  aServiceMapping,
  createFakeClock,
  createMemoryJournal,
  createMemoryLedger,
} from '../src/testing/index.ts'
import { toDay } from '../src/values/day.ts'

test('the worked example in the README is the file that this test runs', async () => {
  const { default: example } = await import('../examples/bill-csv.ts?raw')
  const { default: readme } = await import('../README.md?raw')
  expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``)
})

test('a CSV of counts is billed, a second time finds nothing to do, and a missing row is zero', async () => {
  const parts = {
    ledger: createMemoryLedger(),
    journal: createMemoryJournal(),
    clock: createFakeClock(),
  }
  parts.ledger.addService(aService())
  const customers = ['northwind', 'southwind'].map((name) => {
    const [account, id] = [`account-${name}` as AccountId, `contract-${name}` as ContractId]
    parts.ledger.addContract(aContract({ id, account }))
    return anAccountMapping({ tenant: name as TenantId, account, contract: id })
  })
  const mappings = {
    accountMappings: customers,
    serviceMappings: [aServiceMapping({ unit: 'USER' })],
  }
  const day = toDay('2026-10-10')
  const head = 'customer,application,count'
  const csv = `${head}\nnorthwind,Endpoint Security,42\nsouthwind,Endpoint Security,7\n`
  expect(await billCsv(csv, day, parts, mappings)).toEqual([
    'northwind: 0 to 42 from 2026-10-01',
    'southwind: 0 to 7 from 2026-10-01',
  ])
  expect(await billCsv(csv, day, parts, mappings)).toEqual([])
  const later = `${head}\nnorthwind,Endpoint Security,40\n`
  expect(await billCsv(later, day, parts, mappings)).toEqual([
    'northwind: 42 to 40 from 2026-10-01',
    'southwind: 7 to 0 from 2026-10-01',
  ])
})
