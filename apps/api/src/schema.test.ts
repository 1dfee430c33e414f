import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLSchema,
} from 'graphql'
import { expect, test } from 'vitest'
import { buildSchema, printTrueupSchema } from './schema.ts'

const schema = buildSchema()

test('schema.graphql is what the resolvers emit', () => {
  const file = fileURLToPath(new URL('../schema.graphql', import.meta.url))
  // When this fails and the change is wanted: pnpm --filter @trueup/api emit-schema
  expect(readFileSync(file, 'utf8')).toBe(printTrueupSchema(schema))
})

test('every type, field, argument and enum value has a description', () => {
  expect(listUndescribed(schema)).toEqual([])
})

function listUndescribed(emitted: GraphQLSchema): string[] {
  const types = Object.values(emitted.getTypeMap()).filter((type) => !type.name.startsWith('__'))
  return types.flatMap((type) => {
    const own = type.description === undefined || type.description === null ? [type.name] : []
    if (isEnumType(type))
      return [
        ...own,
        ...type
          .getValues()
          .filter((value) => !value.description)
          .map((value) => `${type.name}.${value.name}`),
      ]
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return own
    return [
      ...own,
      ...Object.values(type.getFields()).flatMap((field) => [
        ...(field.description ? [] : [`${type.name}.${field.name}`]),
        ...('args' in field ? field.args : [])
          .filter((argument: GraphQLArgument) => !argument.description)
          .map((argument: GraphQLArgument) => `${type.name}.${field.name}(${argument.name})`),
      ]),
    ]
  })
}
