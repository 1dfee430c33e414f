/** An answer before it becomes bytes. */
export interface Answer {
  status: number
  /** Sent as JSON; `undefined` is an empty body. */
  body?: unknown
  /** Sent as it is, in place of `body`. */
  raw?: { contentType: string; text: string }
  headers?: Readonly<Record<string, string>>
}

/** 200 with a JSON body. */
export function ok(body: unknown): Answer {
  return { status: 200, body }
}

/** Autotask's form of an error: always a list of texts. Validation, references and permissions all come as 500. */
export function errors(status: number, ...texts: string[]): Answer {
  return { status, body: { errors: texts } }
}

/** No such route, in ASP.NET's form. */
export function routeUnknown(url: string): Answer {
  return {
    status: 404,
    body: { Message: `No HTTP resource was found that matches the request URI '${url}'.` },
  }
}

/** Autotask has the route, the imitation has not: no status that Autotask itself would give. */
export function notImitated(url: string): Answer {
  return { status: 501, body: { Message: `The sandbox does not imitate '${url}'.` } }
}

/** The route exists, the verb does not. */
export function verbUnsupported(method: string): Answer {
  return {
    status: 405,
    body: { Message: `The requested resource does not support http method '${method}'.` },
  }
}

/** A page of the web server instead of an answer of the API. */
export function htmlPage(status: number): Answer {
  const text = `<!DOCTYPE html><html><head><title>${status}</title></head><body><h1>${status}</h1><p>The resource cannot be found.</p></body></html>`
  return { status, raw: { contentType: 'text/html; charset=utf-8', text } }
}

/** The text for a missing permission; `verb` is query, create, update or delete. */
export function permissionText(verb: string): string {
  return `The logged in Resource does not have the adequate permissions to ${verb} this entity type.`
}
