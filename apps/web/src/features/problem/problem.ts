import type { ProblemPartsFragment } from '../../gql/graphql.ts'

/** A problem as the pages ask for it. */
export type ShownProblem = ProblemPartsFragment

/** True when something was refused: warnings and information do not stop anything. */
export function isRefused(problems: readonly ShownProblem[]): boolean {
  return problems.some((problem) => problem.severity === 'BLOCKING')
}

/** Problems by the id of the row they are about, and those that are about none of these rows. */
export function splitProblems(
  problems: readonly ShownProblem[],
  rowIds: ReadonlySet<string>,
): { byRow: ReadonlyMap<string, readonly ShownProblem[]>; others: readonly ShownProblem[] } {
  const byRow = new Map<string, ShownProblem[]>()
  const others: ShownProblem[] = []
  for (const problem of problems) {
    const row = rowOf(problem, rowIds)
    if (row === undefined) others.push(problem)
    else byRow.set(row, [...(byRow.get(row) ?? []), problem])
  }
  return { byRow, others }
}

/** A problem names its row as its subject, or in a fact when its subject is something the row holds. */
function rowOf(problem: ShownProblem, rowIds: ReadonlySet<string>): string | undefined {
  const candidates = [problem.subject.id, ...problem.facts.map((fact) => fact.value)]
  return candidates.find((id): id is string => typeof id === 'string' && rowIds.has(id))
}

/** What was refused about one field, whose problem carries the field's path; undefined when it is right. */
export function errorAt(problems: readonly ShownProblem[], path: string): string | undefined {
  return problems.find(({ subject }) => subject.kind === 'FIELD' && subject.id === path)?.message
}

/** Problems that no field of `paths` shows. */
export function withoutFields(
  problems: readonly ShownProblem[],
  paths: readonly string[],
): readonly ShownProblem[] {
  return problems.filter(({ subject }) => subject.kind !== 'FIELD' || !paths.includes(subject.id))
}
