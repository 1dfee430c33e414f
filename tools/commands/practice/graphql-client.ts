/** Asks Trueup's GraphQL API. `Answer` is what the document selects; a test holds documents against the schema. */
export type Ask = <Answer>(
  document: string,
  variables?: Readonly<Record<string, unknown>>,
) => Promise<Answer>

interface Problem {
  readonly code: string
  readonly message: string
}

/** A way to ask, with an administrator's token. Whatever goes wrong in an answer is thrown, problems of mutations too. */
export function createAsk(url: string, token: string): Ask {
  return async <Answer>(document: string, variables: Readonly<Record<string, unknown>> = {}) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: document, variables }),
    })
    const body = (await response.json()) as { data?: Answer | null; errors?: { message: string }[] }
    if (body.errors !== undefined || body.data === null || body.data === undefined) {
      const reasons =
        body.errors?.map(({ message }) => message).join('; ') ?? `HTTP ${response.status}`
      throw new Error(`Trueup did not answer ${titleOf(document)}: ${reasons}`)
    }
    const problems = problemsOf(body.data)
    if (problems.length > 0) {
      const reasons = problems.map(({ code, message }) => `${code}: ${message}`).join('; ')
      throw new Error(`Trueup refused ${titleOf(document)}: ${reasons}`)
    }
    return body.data
  }
}

function problemsOf(data: object): readonly Problem[] {
  return Object.values(data).flatMap(
    (result: { problems?: readonly Problem[] } | null) => result?.problems ?? [],
  )
}

function titleOf(document: string): string {
  return /(?:query|mutation)\s+(\w+)/u.exec(document)?.[1] ?? 'a document'
}
