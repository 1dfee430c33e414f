import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { expectNone } from './faults.ts'
import { drawArrow, parseDrawing, type Arrow } from './graph.ts'
import { files, packages, readText } from './repository.ts'

test('the package graph is the one that docs/architecture.md draws', () => {
  const drawn = parseDrawing(readText('docs/architecture.md')).map(drawArrow).toSorted()
  const real = packages.flatMap(arrowsOf).map(drawArrow).toSorted()
  const faults = [
    ...real.filter((arrow) => !drawn.includes(arrow)).map((arrow) => `not drawn: ${arrow}`),
    ...drawn.filter((arrow) => !real.includes(arrow)).map((arrow) => `only drawn: ${arrow}`),
  ]
  expectNone(faults, {
    toDo: 'Is the new arrow right? Then draw it. If not, remove the dependency from package.json.',
    lookedAt: real.length,
  })
})

test('core depends on no other package of ours', () => {
  const core = packages.find(({ name }) => name === '@trueup/core')
  expect(core?.dependencies.filter((name) => name.startsWith('@trueup/'))).toEqual([])
})

test('no import reaches into another package by its path', () => {
  const sources = files.filter((file) => /\.(?:ts|mjs|vue)$/u.test(file))
  const faults = sources.flatMap((file) => {
    const home = file.split('/').slice(0, 2).join('/')
    return [...readText(file).matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/gu)]
      .map(([, target = '']) => normalize(join(dirname(file), target)).replaceAll('\\', '/'))
      .filter((target) => file.split('/').length > 2 && !target.startsWith(`${home}/`))
      .map((target) => `${file} imports ${target}`)
  })
  expectNone(faults, {
    toDo: "Declare the package in package.json and import what its index.ts lists, by the package's name.",
    lookedAt: sources.length,
  })
})

test('a drawing is read arrow by arrow, labels aside', () => {
  const page =
    '# x\n\n```mermaid\nflowchart LR\n  web -->|documents| api\n  api --> core\n  api -.-> sandbox\n```\n'
  expect(parseDrawing(page).map(drawArrow)).toEqual([
    'web --> api',
    'api --> core',
    'api -.-> sandbox',
  ])
})

function arrowsOf({ name, dependencies, devDependencies }: (typeof packages)[number]): Arrow[] {
  const ours = (kind: Arrow['kind'], names: readonly string[]): Arrow[] =>
    names
      .filter((other) => other.startsWith('@trueup/'))
      .map((other) => ({ from: shortName(name), to: shortName(other), kind }))
  return [...ours('dependency', dependencies), ...ours('devDependency', devDependencies)]
}

function shortName(name: string): string {
  return name.replace('@trueup/', '')
}
