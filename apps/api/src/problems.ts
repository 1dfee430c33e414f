import type { Severity, Subject } from '@trueup/core'
import { problemMessages, type AnyProblemCode } from './problem-messages.ts'

/** Facts of a problem, by name. */
export type ProblemFacts = Readonly<Record<string, string | number | boolean | null>>

/** What kept a request from being carried out and somebody can mend. Data, never thrown. */
export interface Problem {
  readonly code: AnyProblemCode
  readonly severity: Severity
  readonly subject: Subject
  readonly facts: ProblemFacts
}

/** A problem that keeps the request from being carried out. */
export function toProblem(
  code: AnyProblemCode,
  subject: Subject,
  facts: ProblemFacts = {},
): Problem {
  return { code, severity: 'BLOCKING', subject, facts }
}

/** A field of an input, as a problem's subject. `path` is how a program would reach it, `name` what the form calls it. */
export function fieldSubject(path: string, name: string): Subject {
  return { kind: 'FIELD', id: path, name }
}

/** The sentence for people, in English. */
export function explainProblem(problem: Problem): string {
  return problemMessages[problem.code](problem.facts, problem.subject)
}
