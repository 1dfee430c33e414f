import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import processRequest from 'graphql-upload/processRequest.mjs'

/** The `operations` of a request with a file: a mutation's text and variables without the file. */
const MOST_FIELD_BYTES = 1024 * 1024

/** Lets requests with a file through unread; {@link readMultipart} reads them once it is known who asks. */
export function acceptMultipart(server: FastifyInstance): void {
  server.addContentTypeParser('multipart/form-data', (_request, _payload, done) => done(null))
}

/** Whether a request carries a file by the GraphQL multipart request specification. */
export function isMultipart(request: FastifyRequest): boolean {
  return request.headers['content-type']?.startsWith('multipart/form-data') === true
}

/**
 * The operation of a request with a file. The file goes to disk piece by piece as it arrives and is removed when the answer is
 * sent. Throws an error with the HTTP status 400 or 413 for what does not follow the specification.
 */
export function readMultipart(
  request: FastifyRequest,
  reply: FastifyReply,
  mostFileBytes: number,
): Promise<unknown> {
  return processRequest(request.raw, reply.raw, {
    maxFieldSize: MOST_FIELD_BYTES,
    maxFileSize: mostFileBytes,
    maxFiles: 1,
  })
}
