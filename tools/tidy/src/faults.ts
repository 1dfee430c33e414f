import { expect } from 'vitest'

/**
 * Fails with one line a fault, each of which says what is wrong where, followed by what to do about it.
 * `lookedAt` is how many things were examined: a rule that looks at nothing fails too, because it protects nothing.
 */
export function expectNone(
  faults: readonly string[],
  { toDo, lookedAt }: { toDo: string; lookedAt: number },
): void {
  if (lookedAt === 0) expect.fail('This rule looked at nothing: the place it examines has moved.')
  if (faults.length > 0) expect.fail(`\n${faults.join('\n')}\n→ ${toDo}`)
}
