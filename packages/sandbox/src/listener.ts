import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A listening HTTP server on 127.0.0.1. */
export interface Listener {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  origin: string
  close(): Promise<void>
}

/** Listens; port 0 takes any free port. */
export async function listen(port: number, handle: RequestListener): Promise<Listener> {
  const server = createServer(handle)
  // Long-lived connections between two calls of a slow run are not what is being tested.
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: taken } = server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${taken}`, close: () => closeServer(server) }
}

const BODY_LIMIT = 10 * 1024 * 1024

/** The whole body as text; null when it is longer than 10 MB or the caller went away. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length
      if (length > BODY_LIMIT) return null
      chunks.push(chunk)
    }
  } catch {
    return null
  }
  return Buffer.concat(chunks).toString('utf8')
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
