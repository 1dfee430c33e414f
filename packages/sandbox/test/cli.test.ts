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
    [['--port', 'abc'], '--port must be a whole number from 0 to 65535'],
    [['--port', '70000'], '--port must be a whole number from 0 to 65535'],
    [['--port'], '--port'],
    [['--seed='], '--seed must be a whole number'],
    [['--seed', '1.5'], '--seed must be a whole number'],
    [['--virtual-servers', '0x10'], '--virtual-servers must be a whole number from 0 to 100000'],
    [['--devices=-1'], '--devices must be a whole number from 0 to 1000000'],
    [['--devices', '1e3'], '--devices must be a whole number from 0 to 1000000'],
    [['--keys', 'some'], '--keys must be a whole number from 0 to 10000'],
    [['--day', '2026-02-30'], '--day must be a day that exists, YYYY-MM-DD'],
    [['--day', '0001-01-01'], '--day must be 1900-01-01 to 2199-12-31'],
    [['--faults', 'some'], '--faults must be none or storm'],
    [['--uniform', '3x'], '--uniform must be ACCOUNTSxLINESxPERIODS'],
    [['--switches', '{"dateZone":1}'], 'dateZone'],
    [['--switches', '{'], '--switches must be JSON'],
    [['--empty=yes'], '--empty'],
    [['--nonsense'], '--nonsense'],
    [['word'], 'word'],
  ])('are refused as %s, with the name of the flag and what it takes', (flags, words) => {
    expect(() => readFlags(flags)).toThrow(words)
  })

  it('are refused together when several are wrong', () => {
    expect(() => readFlags(['--seed', 'x', '--day', 'x'])).toThrow(
      /--seed must be .*\n--day must be /u,
    )
  })

  it.each([
    [['--virtual-servers', '0', '--devices', '0']],
    [['--virtual-servers', '4', '--devices', '0']],
    [['--virtual-servers', '4', '--devices', '1', '--keys', '0']],
    [['--day', '1900-01-01', '--virtual-servers', '2', '--devices', '5']],
    [['--day', '2199-12-31', '--virtual-servers', '2', '--devices', '5', '--seed=-7']],
  ])('make a world at the edge of what they take: %s', async (flags) => {
    const options = readFlags(flags)
    const sandbox = await createSandbox(options)
    onTestFinished(() => sandbox.close())
    const { virtualServers, devices, seed } = sandbox.state()
    expect([virtualServers.length, devices.length, seed]).toEqual([
      options.virtualServers,
      options.devices,
      options.seed,
    ])
  })
})
