import { test } from 'vitest'
import { expectNone } from './faults.ts'
import { files, isTest, packages, readText } from './repository.ts'

const tests = files.filter((file) => isTest(file) && file.endsWith('.test.ts'))

test('every package has tests', () => {
  const faults = packages
    .filter(
      ({ folder }) =>
        !files.some((file) => file.startsWith(`${folder}/`) && file.endsWith('.test.ts')),
    )
    .map(({ folder }) => folder)
  expectNone(faults, {
    toDo: 'Write the first one beside the file it is about.',
    lookedAt: packages.length,
  })
})

test('every page and every component of ui/ has a test', () => {
  const components = files.filter((file) => /^apps\/web\/src\/(?:pages|ui)\/.*\.vue$/u.test(file))
  const webTests = tests.filter((file) => file.startsWith('apps/web/')).map(readText)
  const faults = components.filter((file) => {
    const name = file.split('/').at(-1) ?? file
    return !webTests.some((text) => text.includes(`/${name}'`))
  })
  expectNone(faults, {
    toDo: 'Mount it in a test beside it and say what a person sees and can do.',
    lookedAt: components.length,
  })
})

test('every adapter runs the conformance suite of its port', () => {
  const adapters = packages.filter(
    ({ folder, dependencies }) =>
      folder.startsWith('packages/') && dependencies.includes('@trueup/core'),
  )
  const faults = adapters
    .filter(
      ({ folder }) =>
        !tests.some(
          (file) =>
            file.startsWith(`${folder}/`) && readText(file).includes("'@trueup/core/testing'"),
        ),
    )
    .map(({ folder }) => folder)
  expectNone(faults, {
    toDo: 'Run the suite of @trueup/core/testing against the sandbox.',
    lookedAt: adapters.length,
  })
})

test('every rule of the engine stands in the ordered list and has a scenario', () => {
  const rules = files.filter(
    (file) => /^packages\/core\/src\/rules\/[\w-]+\.ts$/u.test(file) && !isTest(file),
  )
  const scenarios = files.filter((file) =>
    /^packages\/core\/.*scenarios\/.*\.test\.ts$/u.test(file),
  )
  const listed = files.filter(
    (file) => /^packages\/core\/src\/.*\.ts$/u.test(file) && !isTest(file),
  )
  const faults = rules.filter((rule) => {
    const name = rule.split('/').at(-1) ?? rule
    return !listed.some((file) => file !== rule && readText(file).includes(`/${name}'`))
  })
  expectNone(faults, {
    toDo: 'Add it to the list, with the reason for its place.',
    lookedAt: rules.length,
  })
  expectNone([], {
    toDo: 'Write a scenario a bookkeeper can read.',
    lookedAt: scenarios.length,
  })
})
