import { buildSchema, parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { expectNone } from './faults.ts'
import { files, readText } from './repository.ts'

const schema = buildSchema(readText('apps/api/schema.graphql'))

test('every GraphQL document outside the admin is one that the schema answers', () => {
  const documents = files.filter((file) => /\.(?:md|ts|mjs)$/u.test(file)).flatMap(documentsOf)
  const faults = documents.flatMap(({ file, text }) =>
    faultsOf(text).map((fault) => `${file}: ${fault}`),
  )
  expectNone(faults, {
    toDo: 'Change the document to what the schema has now.',
    lookedAt: documents.length,
  })
})

test('a field that the schema does not have is a fault', () => {
  expect(faultsOf('{ viewer { shoeSize } }')).toHaveLength(1)
  expect(faultsOf('{ viewer {')).toHaveLength(1)
})

function faultsOf(text: string): string[] {
  try {
    return validate(schema, parse(text)).map(({ message }) => message)
  } catch (error) {
    return [String(error)]
  }
}

/** Fenced examples in pages, and texts marked with `graphql` in code. */
function documentsOf(file: string): { file: string; text: string }[] {
  const pattern = file.endsWith('.md') ? /```graphql\n(.*?)```/gsu : /\/\* GraphQL \*\/ `([^`]*)`/gu
  return [...readText(file).matchAll(pattern)].map(([, text = '']) => ({ file, text }))
}
