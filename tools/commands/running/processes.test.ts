import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { choosePort } from './listening.mjs'
import { awaitExit, runToEnd, startService } from './processes.mjs'

/** Starts the small command; all its processes share its stdout, which ends when the last of them is gone. */
async function startCommand(...flags: string[]) {
  const command = spawn(
    process.execPath,
    [fileURLToPath(new URL('fixtures/command.mjs', import.meta.url)), ...flags],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  onTestFinished(() => void command.kill('SIGKILL'))
  let errors = ''
  command.stderr.on('data', (part) => (errors += String(part)))
  await once(command.stdout, 'data')
  const left = Promise.all([once(command, 'exit'), once(command.stdout.resume(), 'end')])
  return {
    command,
    errors: () => errors,
    left: left.then(([[code, signal]]) => ({ code: code ?? signal })),
  }
}

test.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s ends a command with everything it started',
  async (signal) => {
    const { command, left, errors } = await startCommand('--serving')
    command.kill(signal)
    expect(await left).toEqual({ code: 0 })
    expect(errors()).toBe('')
  },
)

test.for([
  ['SIGINT', 130, ''],
  ['SIGTERM', 143, 'Stopped by SIGTERM before the end.\n'],
  ['SIGHUP', 129, 'Stopped by SIGHUP before the end: whoever started this command is gone.\n'],
] as const)('a command that %s stops at work says so', async ([signal, code, said]) => {
  const { command, left, errors } = await startCommand()
  command.kill(signal)
  expect(await left).toEqual({ code })
  expect(errors()).toBe(said)
})

test('a program that is killed from outside is named with the signal', async () => {
  const killed = fileURLToPath(new URL('fixtures/killed.mjs', import.meta.url))
  const program = startService([process.execPath, killed], { output: 'inherit' })
  await expect(awaitExit(program, 'The benchmark')).rejects.toThrow('was ended by SIGKILL')
})

test('services leave when their command is killed without a chance to end them', async () => {
  const { command, left } = await startCommand('--serving')
  command.kill('SIGKILL')
  expect(await left).toEqual({ code: 'SIGKILL' })
})

test('a tool that takes too long is ended with all it started, and that is no success', async () => {
  const endless = fileURLToPath(new URL('fixtures/service.mjs', import.meta.url))
  const { code, output } = await runToEnd([process.execPath, endless], { timeoutMs: 400 })
  expect(code).toBe('not done after 0.4 s')
  expect(output).toBe('up\n')
})

test('a program that does not exist is a failure with its name', async () => {
  const { code } = await runToEnd(['no-such-program-of-trueup'])
  expect(code).toContain('no-such-program-of-trueup')
})

test('a port that somebody has is refused with words that help', async () => {
  const holder = createServer().listen(0, 'localhost')
  onTestFinished(() => void holder.close())
  await once(holder, 'listening')
  const { port } = holder.address() as { port: number }
  await expect(choosePort(String(port))).rejects.toThrow(`Port ${port} is taken`)
})

test('port 0 becomes a real one', async () => {
  expect(await choosePort('0')).toBeGreaterThan(0)
})

test.for(['eighty', '-1', '70000', '1.5'])('PORT=%s is no port', async (text) => {
  await expect(choosePort(text)).rejects.toThrow('must be a number from 0 to 65535')
})
