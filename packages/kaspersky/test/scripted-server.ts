import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { generate } from 'selfsigned'
import type { SecurityCenter, SecurityCenterOptions } from '../src/index.ts'
import { createSecurityCenter, readCertificate } from '../src/index.ts'

/** A server that answers exactly what a test says: for the answers no honest Security Center gives. */
export interface ScriptedServer {
  readonly client: SecurityCenter
  /** Operations called, in order. */
  readonly called: readonly string[]
  close(): Promise<void>
}

/** Answers by operation; sign-in and sign-out work unless scripted otherwise. */
export async function openScripted(
  answers: Readonly<Record<string, RequestListener | object>>,
  limits: { requestTimeoutMs?: number; maxAnswerBytes?: number } = {},
  options: Partial<SecurityCenterOptions> = {},
): Promise<ScriptedServer> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'scripted' }], {
    keyType: 'ec',
  })
  const called: string[] = []
  const script = {
    'Session.StartSession': { PxgRetVal: 'id' },
    'Session.EndSession': {},
    ...answers,
  }
  const server = createServer({ key, cert }, (request, response) => {
    const operation = (request.url ?? '').replace('/api/v1.0/', '')
    called.push(operation)
    const answer = script[operation as keyof typeof script] ?? { PxgError: { code: 1, module: '' } }
    if (typeof answer === 'function') (answer as RequestListener)(request, response)
    else response.end(JSON.stringify(answer))
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { sha256 } = await readCertificate(url)
  const client = createSecurityCenter({
    url,
    credentials: { user: 'reader', password: 'secret' },
    trust: { kind: 'PIN', sha256 },
    clock: { nowMs: () => Date.UTC(2026, 5, 15), sleep: async () => undefined },
    limits,
    ...options,
  })
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { client, called, close }
}
