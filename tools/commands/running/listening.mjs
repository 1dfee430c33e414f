// Ports.
import { once } from 'node:events'
import { createServer } from 'node:net'
import { CommandFailure } from './toolchain.mjs'

/**
 * The port to serve on: what `PORT` says, 4000 without it, any free one for 0. Asked before anything slow is done.
 * @param {string | undefined} text
 * @returns {Promise<number>}
 * @throws {CommandFailure} when it is no port or somebody else has it
 */
export async function choosePort(text) {
  const port = Number(text || '4000')
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new CommandFailure(`PORT is ${text}; it must be a number from 0 to 65535.`)
  }
  const server = createServer().listen(port, process.env['TRUEUP_HOST'] || 'localhost')
  try {
    await once(server, 'listening')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    throw new CommandFailure(
      error.code === 'EADDRINUSE'
        ? `Port ${port} is taken by another program. Choose another one: PORT=4001 npm start`
        : `Port ${port} cannot be used: ${error.message}`,
    )
  }
  const address = server.address()
  server.close()
  await once(server, 'close')
  return address !== null && typeof address === 'object' ? address.port : port
}
