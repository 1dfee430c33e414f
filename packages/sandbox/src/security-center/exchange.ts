import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { constants, deflate, gzip } from 'node:zlib'

const LARGEST_BODY = 16 * 1024 * 1024
const compressors = { gzip: promisify(gzip), deflate: promisify(deflate) }

/** The whole body as text; refuses more than 16 MB. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > LARGEST_BODY) throw new RangeError('the body is larger than 16 MB')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** HTTP 200 with JSON, compressed when the client accepts it. */
export async function sendJson(
  request: IncomingMessage,
  response: ServerResponse,
  body: Record<string, unknown>,
): Promise<void> {
  const text = Buffer.from(JSON.stringify(body), 'utf8')
  const accepted = String(request.headers['accept-encoding'] ?? '')
  const encoding = (['gzip', 'deflate'] as const).find((name) => accepted.includes(name))
  const bytes = encoding
    ? await compressors[encoding](text, { level: constants.Z_BEST_SPEED })
    : text
  response.writeHead(200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': bytes.length,
    ...(encoding ? { 'Content-Encoding': encoding } : {}),
  })
  response.end(bytes)
}

/** A plain text, as the server sends it with every status but 200. */
export function sendText(response: ServerResponse, status: number, text: string): void {
  if (response.headersSent) return void response.destroy()
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  })
  response.end(text)
}
