import { expect, test } from 'vitest'
import { codesOf, documentedCodes, shoutedTexts, type CodePlace } from './codes.ts'
import { expectNone } from './faults.ts'
import { files, isTest, productSources, readText } from './repository.ts'

const sources = productSources.filter(
  (file) => file.endsWith('.ts') && !file.startsWith('apps/web/'),
)
const places = sources.flatMap((file) => codesOf(file, readText(file)))
const codes = [...new Set(places.map(({ code }) => code))].toSorted()
const documented = documentedCodes(readText('docs/errors.md'))

test('every code has a heading in docs/errors.md', () => {
  const faults = codes.filter((code) => !documented.includes(code)).map((code) => whereIs(code))
  expectNone(faults, {
    toDo: 'Add `### CODE` to docs/errors.md: what happened, what Trueup did, what to do.',
    lookedAt: codes.length,
  })
})

test('docs/errors.md explains each code once, and only codes that exist', () => {
  const spoken = new Set(sources.flatMap((file) => [...shoutedTexts(file, readText(file))]))
  const faults = documented.flatMap((code, index) => [
    ...(documented.indexOf(code) === index ? [] : [`${code} has two headings`]),
    ...(spoken.has(code) ? [] : [`${code} is in no source file`]),
  ])
  expectNone(faults, { toDo: 'Remove the heading.', lookedAt: documented.length })
})

test('a code means one thing: it is declared in one place', () => {
  const declared = sources.flatMap((file) => declaredIn(file))
  const faults = declared
    .filter((place, index) => declared.findIndex(({ code }) => code === place.code) !== index)
    .map(
      ({ code }) =>
        `${code}: ${declared
          .filter((place) => place.code === code)
          .map(show)
          .join(', ')}`,
    )
  expectNone(faults, {
    toDo: 'Import the type that has it, or choose another word for the other meaning.',
    lookedAt: declared.length,
  })
})

test('every code is raised by a test', () => {
  const tests = files.filter((file) => isTest(file) && file.endsWith('.ts')).map(readText)
  const faults = codes
    .filter((code) => !tests.some((text) => new RegExp(`['"\`]${code}['"\`]`, 'u').test(text)))
    .map((code) => whereIs(code))
  expectNone(faults, {
    toDo: 'Write a test that makes it happen and expects the code.',
    lookedAt: codes.length,
  })
})

test('codes are found in types, in properties and behind conditions', () => {
  const text = `
    type HoldCode = 'DRIFT' | 'LINE_UNITS'
    type Kind = 'NOT_A_CODE'
    const a = { code: isGone ? 'AWAY' : ('HERE' as const), kind: 'NOR_THIS' }
    const b = { code: 'lowercase' }
  `
  expect(codesOf('x.ts', text).map(({ code }) => code)).toEqual([
    'DRIFT',
    'LINE_UNITS',
    'AWAY',
    'HERE',
  ])
  expect([...shoutedTexts('x.ts', text)]).toContain('NOR_THIS')
  expect(documentedCodes('# A\n### DRIFT\n### `GONE_AWAY`\n### Not a code\n')).toEqual([
    'DRIFT',
    'GONE_AWAY',
  ])
})

/** Codes of a file that come from a `…Code` type; a repetition of a property is the ordinary use of a code. */
function declaredIn(file: string): CodePlace[] {
  return codesOf(file, readText(file).replaceAll(/\bcode:/gu, 'used:'))
}

function whereIs(code: string): string {
  const place = places.find((candidate) => candidate.code === code)
  return place === undefined ? code : `${code} (${show(place)})`
}

function show({ file, line }: CodePlace): string {
  return `${file}:${line}`
}
