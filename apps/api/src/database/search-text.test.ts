import { expect, test } from 'vitest'
import { foldCase, toSortText } from './search-text.ts'

test('upper and lower case are one, in every script', () => {
  for (const [a, b] of [
    ['ÄRZTE', 'ärzte'],
    ['STRASSE', 'straße'],
    ['ΟΔΟΣ', 'οδος'],
    ['МОСКВА', 'москва'],
  ] as const)
    expect(foldCase(a)).toBe(foldCase(b))
})

test('accents count for finding and not for ordering', () => {
  expect(foldCase('Ärzte')).not.toBe(foldCase('Arzte'))
  expect(toSortText('Ärzte')).toBe(toSortText('arzte'))
})

test('a name written with combining marks is the same name', () => {
  expect(foldCase('A\u0308rzte')).toBe(foldCase('Ärzte'))
})
