import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { choosePort } from './listening.mjs'
import { runToEnd } from './processes.mjs'

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

test('a command that is stopped at work says so by its exit code', async () => {
  const { command, left } = await startCommand()
  command.kill('SIGTERM')
  expect(await left).toEqual({ code: 143 })
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
