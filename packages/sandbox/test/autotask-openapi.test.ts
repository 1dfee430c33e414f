import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ENTITIES } from '../src/autotask/entities/entities.ts'
import { isRealOnly, ROUTES } from '../src/autotask/routes.ts'
import { createTestClient, createTestSandbox } from './autotask-client.ts'

// Autotask's own Swagger file, cut to names: paths with verbs, models with types.
const openapi = JSON.parse(
  readFileSync(new URL('fixtures/autotask-openapi.json', import.meta.url), 'utf8'),
) as { paths: Record<string, string[]>; models: Record<string, Record<string, string>> }

/** Documented elsewhere and not in the Swagger file. */
const BESIDE_THE_FILE = [/\/query\/next$/u, /^\/VersionInformation$/u]

const TYPES: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'int32',
  long: 'int64',
  double: 'double',
  boolean: 'boolean',
  datetime: 'date-time',
  day: 'date-time',
  list: 'array',
}

describe("Autotask's own description", () => {
  it('has every route and verb of the imitation', () => {
    const routes = ROUTES.filter(({ template }) => !BESIDE_THE_FILE.some((p) => p.test(template)))
    const invented = routes.flatMap(({ template, operations }) =>
      Object.keys(operations)
        .filter((verb) => !openapi.paths[template]?.includes(verb))
        .map((verb) => `${verb} ${template}`),
    )
    expect(routes.length).toBeGreaterThan(90)
    expect(invented).toEqual([])
  })

  it('has no verb on these routes that the imitation lacks, and no other route than those it refuses', () => {
    const imitated = new Map(ROUTES.map((route) => [route.template, route.operations]))
    const lacking = Object.entries(openapi.paths).flatMap(([path, verbs]) => {
      const operations = imitated.get(path)
      if (operations)
        return verbs.filter((verb) => !(verb in operations)).map((v) => `${v} ${path}`)
      const example = path.replaceAll(/\{\w+\}/gu, '5')
      return isRealOnly(example) ? [] : [path]
    })
    expect(lacking).toEqual([])
  })

  it.each(ENTITIES.map((entity) => [entity.name, entity] as const))(
    'has every field of %s, with its type',
    (name, entity) => {
      const model = openapi.models[`${name}Model`] ?? {}
      const described = Object.fromEntries(
        entity.fields.map((field) => [field.name, TYPES[field.type]]),
      )
      const wanted = Object.fromEntries(
        Object.keys(described).map((fieldName) => [fieldName, model[fieldName]]),
      )
      expect(described).toEqual(wanted)
    },
  )

  it('has every field that really comes back', async () => {
    const sandbox = await createTestSandbox({ virtualServers: 12, devices: 60, day: '2026-03-10' })
    const client = createTestClient(sandbox)
    for (const entity of ENTITIES.filter(({ canQuery }) => canQuery)) {
      const [row] = await client.rows(entity.root, [{ op: 'exist', field: 'id' }])
      const model = openapi.models[`${entity.name}Model`] ?? {}
      const invented = Object.keys(row ?? { 'no row': 0 }).filter((field) => !(field in model))
      expect([entity.root, invented]).toEqual([entity.root, []])
      const item = await client.call('GET', `${entity.root}/${String(row?.['id'])}`)
      expect(item.json).toEqual({ item: row })
    }
  })

  it('has the members of every other answer', async () => {
    const sandbox = await createTestSandbox({ empty: true })
    const client = createTestClient(sandbox)
    const user = encodeURIComponent(sandbox.connection.autotask.userName)
    const answers: [string, string][] = [
      [`ZoneInformation?user=${user}`, 'ZoneInformationResultModel'],
      ['Version', 'AutotaskVersionResultModel'],
      ['ThresholdInformation', 'ThresholdStatusResultModel'],
    ]
    for (const [path, model] of answers) {
      const { json } = await client.call('GET', path)
      expect(Object.keys(json).toSorted()).toEqual(
        Object.keys(openapi.models[model] ?? {}).toSorted(),
      )
    }
    const info = await client.call('GET', 'Services/entityInformation')
    expect(Object.keys(info.json['info'] as object).toSorted()).toEqual(
      Object.keys(openapi.models['EntityInformationModel'] ?? {}).toSorted(),
    )
    const { json } = await client.call('GET', 'Services/entityInformation/fields')
    const [field] = json['fields'] as object[]
    expect(Object.keys(field ?? {}).toSorted()).toEqual(
      Object.keys(openapi.models['FieldInformationModel'] ?? {}).toSorted(),
    )
  })
})
