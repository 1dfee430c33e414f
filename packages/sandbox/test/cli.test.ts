import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readFlags } from '../src/flags.ts'
import { createSandbox, type Connection } from '../src/index.ts'

const program = fileURLToPath(new URL('../src/cli.ts', import.meta.url))

function start(...flags: string[]) {
  const child = spawn(process.execPath, [program, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function connect(...flags: string[]) {
  const child = start(...flags)
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return { child, connection: JSON.parse(line) as Connection }
}

describe('the command line', () => {
  it('prints one JSON object that is enough to connect', async () => {
    const { connection } = await connect('--empty', '--day', '2026-03-10')
    expect(connection).toEqual({
      control: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/control$/u),
      autotask: {
        url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/atservicesrest\/$/u),
        userName: expect.any(String),
        secret: expect.any(String),
        integrationCode: expect.any(String),
      },
      securityCenter: {
        url: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/u),
        user: expect.any(String),
        password: expect.any(String),
        certificateSha256: expect.stringMatching(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/u),
      },
    })
    const { url, userName } = connection.autotask
    const zone = await fetch(`${url}V1.0/zoneInformation?user=${encodeURIComponent(userName)}`)
    expect(zone.status).toBe(200)
  })

  it.each(['SIGTERM', 'SIGINT'] as const)('ends by itself on %s', async (signal) => {
    const { child } = await connect('--empty')
    child.kill(signal)
    const [code] = (await once(child, 'exit')) as [number | null]
    expect(code).toBe(0)
  })

  it('refuses a flag that is wrong, and ends with a failure', async () => {
    const child = start('--day', '2026-02-30')
    let told = ''
    child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()))
    const [code] = (await once(child, 'close')) as [number]
    expect(code).toBe(2)
    expect(told).toContain('day')
  })
})

describe('the flags', () => {
  it('name the world', async () => {
    const flags = [
      '--seed',
      '5',
      '--virtual-servers',
      '6',
      '--devices',
      '40',
      '--day',
      '2026-05-05',
    ]
    const sandbox = await createSandbox(readFlags([...flags, '--keys', '20']))
    onTestFinished(() => sandbox.close())
    const state = sandbox.state()
    expect([state.seed, state.day]).toEqual([5, '2026-05-05'])
    expect([state.virtualServers.length, state.devices.length]).toEqual([6, 40])
    expect(state.keys).toHaveLength(20)
  })

  it('ask for no customers, a storm, switches, or many accounts that are alike', () => {
    expect(readFlags(['--empty', '--faults', 'storm'])).toMatchObject({
      empty: true,
      faults: 'storm',
    })
    expect(readFlags(['--switches', '{"dateZone":"none"}']).switches).toEqual({ dateZone: 'none' })
    expect(readFlags(['--uniform', '3x2x4']).uniform).toEqual({
      accounts: 3,
      lines: 2,
      periods: 4,
      units: 10,
    })
    expect(readFlags([])).toMatchObject({ port: 0, seed: 1, virtualServers: 60, devices: 2_500 })
  })

  it.each([
    [['--port', 'abc'], 'port'],
    [['--nonsense'], 'nonsense'],
    [['--switches', '{"dateZone":1}'], 'switches'],
    [['--faults', 'some'], 'faults'],
  ])('are refused as %s, with the name of the flag', (flags, word) => {
    expect(() => readFlags(flags)).toThrow(word)
  })
})
