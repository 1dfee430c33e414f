import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSandbox } from '@trueup/sandbox'
import { afterEach, describe, expect, test } from 'vitest'
import { createTestDatabase, databaseKinds } from '../../test/kit/databases.ts'
import { startPractice, type Practice } from '../../test/kit/start-practice.ts'
import type { DatabaseTarget } from '../database/orm.ts'
import type { Env } from '../env.ts'
import { examine } from './examine.ts'

let close: (() => unknown)[] = []
afterEach(async () => {
  const closing = close.toReversed()
  close = []
  for (const one of closing) await one()
})

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trueup-'))
  close.push(() => rmSync(folder, { recursive: true }))
  return folder
}

async function listen(env: Env): Promise<{ isWell: boolean; lines: readonly string[] }> {
  const lines: string[] = []
  const isWell = await examine(env, (line) => lines.push(line))
  return { isWell, lines }
}

describe.each(databaseKinds)('the doctor beside a server on %s', (kind) => {
  async function start(): Promise<{ practice: Practice; env: Env }> {
    const database: DatabaseTarget =
      kind === 'sqlite'
        ? { kind, file: join(makeFolder(), 'trueup.sqlite') }
        : await createTestDatabase(kind)
    const practice = await startPractice(kind, { switches: { serviceTimeMs: 0 } }, { database })
    close.push(() => practice.close())
    return { practice, env: practice.trueup.app.services.env }
  }

  test('says what works on both sides, and what nobody can know before the first write', async () => {
    const { practice, env } = await start()
    practice.sandbox.clearCalls()
    const { isWell, lines } = await listen(env)
    expect(lines.filter((line) => line.includes('FAILED'))).toEqual([])
    expect(isWell).toBe(true)
    const text = lines.join('\n')
    for (const part of [
      'Integration "Practice"',
      'The zone was found',
      'User name, secret and integration code are accepted',
      "Autotask's clock and ours differ by",
      'may read ContractServiceUnits',
      'may create ContractServiceAdjustments',
      'Contract type 7 means Recurring Service',
      'active services to map to',
      'of 10000 requests are left this hour',
      '?        Not known before the first adjustment: May a line go to zero units?',
      'virtual servers are visible',
    ])
      expect(text).toContain(part)
    const { log } = practice.sandbox.calls()
    expect(log.filter(({ operation }) => /create|update|delete/i.test(operation))).toEqual([])
  })

  test('fails with what is missing when the API user may not read something', async () => {
    const { practice, env } = await start()
    practice.sandbox.setSwitches({ deniedEntities: ['ContractServiceUnits'] })
    const { isWell, lines } = await listen(env)
    expect(isWell).toBe(false)
    expect(lines.filter((line) => line.includes('FAILED'))).toEqual([
      expect.stringContaining('The API user may not read ContractServiceUnits.'),
    ])
  })

  test('names another key than the one the secrets were sealed with', async () => {
    const { env } = await start()
    const { isWell, lines } = await listen({ ...env, secretKey: Buffer.alloc(32, 9) })
    expect(isWell).toBe(false)
    expect(lines.join('\n')).toContain('was sealed with key')
  })
})

describe('the doctor without a server', () => {
  const base = { dataDir: '/nonexistent', secretKey: null, practiceControl: null }

  test('makes neither a database nor a key', async () => {
    const file = join(makeFolder(), 'trueup.sqlite')
    const env = { ...base, database: { kind: 'sqlite', file } } as unknown as Env
    expect(await listen(env)).toEqual({
      isWell: false,
      lines: [expect.stringContaining(`There is no database at ${file}`)],
    })
    const database = await createTestDatabase('postgresql')
    const noKey = await listen({ ...base, database } as unknown as Env)
    expect(noKey.lines).toEqual([expect.stringContaining('There is no key at')])
  })

  test('says of a database without tables that the server has to migrate it', async () => {
    const env = {
      ...base,
      secretKey: Buffer.alloc(32),
      database: await createTestDatabase('postgresql'),
    }
    const { isWell, lines } = await listen(env as unknown as Env)
    expect([isWell, lines]).toEqual([false, [expect.stringContaining('it migrates')]])
  })

  test('finds a practice world that has gone', async () => {
    const sandbox = await createSandbox({ empty: true })
    await sandbox.close()
    const database: DatabaseTarget = { kind: 'sqlite', file: join(makeFolder(), 'trueup.sqlite') }
    const practice = await startPractice('sqlite', {}, { database })
    close.push(() => practice.close())
    const { env } = practice.trueup.app.services
    const gone = { ...env, practiceControl: sandbox.connection.control }
    expect(await listen(gone)).toEqual({
      isWell: false,
      lines: [expect.stringContaining('The practice world does not answer')],
    })
  })
})
