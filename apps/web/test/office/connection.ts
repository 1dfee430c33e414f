/** A page of `rows` as the schema's connections give it; the cursor is the row's number. */
export function toConnection(rows: readonly unknown[], args: Record<string, unknown>): object {
  const first = typeof args['first'] === 'number' ? args['first'] : 50
  const start = typeof args['after'] === 'string' ? Number(args['after']) : 0
  const nodes = rows.slice(start, start + first)
  const end = start + nodes.length
  return {
    totalCount: rows.length,
    pageInfo: { hasNextPage: end < rows.length, endCursor: String(end) },
    nodes,
    edges: nodes.map((node, n) => ({ cursor: String(start + n + 1), node })),
  }
}

/** The schema's "any part of the name". */
export function nameContains(name: string, part: unknown): boolean {
  return typeof part !== 'string' || name.toLowerCase().includes(part.toLowerCase())
}

/** An argument that is an object, or nothing. */
export function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
