/** A bug of ours: something that cannot be true was true. The run parks the account it happened in and goes on. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError'
  /** What was seen, for the log. */
  readonly facts: Readonly<Record<string, unknown>>

  constructor(message: string, facts: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.facts = facts
  }
}

/** Throws an {@link InvariantError} unless `condition` holds. Stays on in production. */
export function invariant(
  condition: boolean,
  message: string,
  facts?: Readonly<Record<string, unknown>>,
): asserts condition {
  if (!condition) throw new InvariantError(message, facts)
}
