import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { EnvError, parseEnv } from './env.ts'

test('an empty environment gives the embedded database in .trueup and port 4000', () => {
  expect(parseEnv({})).toMatchObject({
    port: 4000,
    host: 'localhost',
    dataDir: resolve('.trueup'),
    reportDir: resolve('.trueup/reports'),
    database: { kind: 'sqlite', file: resolve('.trueup/trueup.sqlite') },
    secretKey: null,
    adminToken: null,
    practiceControl: null,
  })
})

test('an empty variable counts as missing', () => {
  expect(parseEnv({ PORT: '', DATABASE_URL: ' ', TRUEUP_ADMIN_TOKEN: '' })).toMatchObject({
    port: 4000,
    database: { kind: 'sqlite' },
    adminToken: null,
  })
})

test('DATABASE_URL chooses PostgreSQL', () => {
  const url = 'postgresql://trueup:x@db.example/trueup'
  expect(parseEnv({ DATABASE_URL: url }).database).toEqual({ kind: 'postgresql', url })
})

test('a key of 32 bytes is taken as bytes', () => {
  const key = Buffer.alloc(32, 5)
  expect(parseEnv({ TRUEUP_SECRET_KEY: key.toString('base64') }).secretKey).toEqual(key)
})

test('every fault is told at once, by the name of its variable', () => {
  const faulty = {
    PORT: '70000',
    DATABASE_URL: 'mysql://x',
    TRUEUP_SECRET_KEY: 'c2hvcnQ=',
    TRUEUP_ADMIN_TOKEN: 'short',
    TRUEUP_PRACTICE_CONTROL: 'nowhere',
    TRUEUP_LOG_LEVEL: 'loud',
  }
  const tell = (): unknown => parseEnv(faulty)
  expect(tell).toThrow(EnvError)
  for (const name of Object.keys(faulty)) expect(tell).toThrow(name)
})
