import type { ContractId, ServiceId } from '@trueup/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../../test/kit/start-test-app.ts'
import { storeIntegration } from '../../../test/kit/store-integration.ts'
import { inTransaction } from '../../database/transaction.ts'
import { LineRecordEntity } from '../journal/line-record.entity.ts'
import { setOwnership } from './set-ownership.ts'

let trueup: TestApp
let integrationId: string
beforeAll(async () => {
  trueup = await startTestApp('sqlite')
  integrationId = await storeIntegration(trueup)
})
afterAll(() => trueup.close())

const line = { id: 'line', contract: '7' as ContractId, service: '8' as ServiceId }
const occasion = { at: new Date('2026-03-15T10:00:00Z'), actor: 'admin' }
const set = (ownership: 'OWNED' | 'STOPPED') =>
  inTransaction(trueup.app.services.orm, (em) =>
    setOwnership(em, { integrationId, line, ownership, occasion }),
  )

test('a line is stopped and resumed once; what is so already leaves no trace in the log', async () => {
  const { orm } = trueup.app.services
  await orm.em.fork().insert(LineRecordEntity, {
    integrationId,
    contractExternalId: line.contract,
    serviceExternalId: line.service,
    ownership: 'OWNED',
    ordinal: 1,
    lapsedInARow: 0,
    baselineUnits: 0,
    confirmedUnits: 5,
    confirmedDay: null,
  })
  const actions: string[][] = []
  for (const ownership of ['OWNED', 'STOPPED', 'STOPPED', 'OWNED'] as const)
    actions.push((await set(ownership)).map(({ action }) => action))
  expect(actions).toEqual([[], ['LINE_STOPPED'], [], ['LINE_RESUMED']])
  const record = await orm.em.fork().findOneOrFail(LineRecordEntity, { integrationId })
  expect(record).toMatchObject({ ownership: 'OWNED', confirmedUnits: 5 })
})
