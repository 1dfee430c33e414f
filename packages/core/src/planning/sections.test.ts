import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CreateSections } from './sections.ts'
import { chainSections, OutOfOrderError, walkSections } from './sections.ts'

interface Card {
  readonly suit: string
  readonly place: number
}

const someSuit = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const someCards = fc
  .array(someSuit, { maxLength: 12 })
  .map((suits) => suits.map((suit, place): Card => ({ suit, place })))
const someQuestions = fc.array(someSuit, { maxLength: 6 })

function ask(
  createSections: CreateSections,
  cards: readonly Card[],
  questions: readonly string[],
): (readonly Card[])[] {
  const sections = createSections(cards, ({ suit }) => suit)
  const answers = questions.map((suit) => sections.of(suit))
  sections.finish()
  return answers
}

function lookUp(cards: readonly Card[], questions: readonly string[]): Card[][] {
  return questions.map((wanted) => cards.filter(({ suit }) => suit === wanted))
}

test('chained, a list gives all of a key in its order, whatever the order of list and questions', () => {
  const holds = (cards: readonly Card[], questions: readonly string[]): void => {
    expect(ask(chainSections, cards, questions)).toEqual(lookUp(cards, questions))
  }
  fc.assert(fc.property(someCards, someQuestions, holds))
})

test('walked, a list gives all of a key or says that it cannot', () => {
  let refused = 0
  const holds = (cards: readonly Card[], questions: readonly string[]): void => {
    try {
      expect(ask(walkSections, cards, questions)).toEqual(lookUp(cards, questions))
    } catch (error) {
      if (!(error instanceof OutOfOrderError)) throw error
      refused += 1
    }
  }
  fc.assert(fc.property(someCards, someQuestions, holds))
  expect(refused).toBeGreaterThan(0)
})

test('walked, a sorted list answers all questions in ascending order', () => {
  const holds = (cards: readonly Card[], questions: readonly string[]): void => {
    const sorted = cards.toSorted((one, other) => one.suit.localeCompare(other.suit))
    const asked = questions.toSorted()
    expect(ask(walkSections, sorted, asked)).toEqual(lookUp(sorted, asked))
  }
  fc.assert(fc.property(someCards, someQuestions, holds))
})
