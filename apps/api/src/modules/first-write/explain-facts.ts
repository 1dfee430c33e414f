import { readAnswers, type AnswerableQuestion, type ConnectionFacts } from '@trueup/autotask'
import { ANSWERS, QUESTIONS } from '../connection/open-questions.ts'

/** A question about this Autotask that its documentation leaves open, with the answer where it is known. */
export interface KnownOrNot {
  readonly question: string
  /** `null` while nobody knows. */
  readonly answer: string | null
}

/** What is known of an Autotask and what is not, in words. */
export function explainFacts(facts: ConnectionFacts): readonly KnownOrNot[] {
  const answers = readAnswers(facts)
  return (Object.keys(answers) as AnswerableQuestion[]).map((question) => {
    const answer = answers[question]
    return { question: QUESTIONS[question], answer: answer === null ? null : ANSWERS[answer] }
  })
}
