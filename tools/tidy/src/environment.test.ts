import { expect, test } from 'vitest'
import { documentedVariables, variablesOf } from './environment.ts'
import { expectNone } from './faults.ts'
import { isThere, readText } from './repository.ts'

const schemaFile = 'apps/api/src/env.ts'
const page = 'apps/api/README.md'

test('the table of the environment is the schema of the environment', () => {
  const known = isThere(schemaFile)
    ? variablesOf(schemaFile, readText(schemaFile))
    : new Set<string>()
  const told = isThere(page) ? documentedVariables(readText(page)) : new Set<string>()
  const faults = [
    ...[...known]
      .filter((name) => !told.has(name))
      .map((name) => `${page} does not explain ${name}`),
    ...[...told]
      .filter((name) => !known.has(name))
      .map((name) => `${schemaFile} does not know ${name}`),
  ]
  expectNone(faults, {
    toDo: 'One row a variable: name, meaning, default, example.',
    lookedAt: known.size,
  })
})

test('variables are read from a schema and from tables', () => {
  expect([
    ...variablesOf('x.ts', "z.object({ PORT: z.string(), 'x': 1 }); env['HOST']; env.NODE_ENV"),
  ]).toEqual(['PORT', 'HOST', 'NODE_ENV'])
  expect([...documentedVariables('| name |\n|---|\n| `PORT` | 4000 |\n| x `NO` |')]).toEqual([
    'PORT',
  ])
})
