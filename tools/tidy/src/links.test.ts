import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { expectNone } from './faults.ts'
import { anchorsOf, linksOf, pathsOf } from './links.ts'
import { files, isThere, readText } from './repository.ts'

const pages = files.filter((file) => file.endsWith('.md'))

test('every link in a page leads somewhere', () => {
  const faults = pages.flatMap((page) =>
    linksOf(readText(page))
      .filter(({ target }) => !leadsSomewhere(page, target))
      .map(({ target, line }) => `${page}:${line}: ${target}`),
  )
  expectNone(faults, { toDo: 'Mend the path or the #heading.', lookedAt: pages.length })
})

test('every file that a page names exists', () => {
  const faults = pages.flatMap((page) =>
    pathsOf(readText(page))
      .filter(({ target }) => !isThere(target) && !isThere(join(dirname(page), target)))
      .filter(({ target }) => !/\/(?:dist|results|node_modules)\b/u.test(target))
      .map(({ target, line }) => `${page}:${line}: ${target}`),
  )
  expectNone(faults, { toDo: 'Name the file as it is called now.', lookedAt: pages.length })
})

test('anchors are made as the forge makes them', () => {
  expect([...anchorsOf('# The `run`, in 3 steps\n## LINE_DRIFT\n```\n# no heading\n```')]).toEqual([
    'the-run-in-3-steps',
    'line_drift',
  ])
})

test('links in code are no links', () => {
  expect(
    linksOf('[a](b.md) `[c](d.md)` [e](https://example.org)').map(({ target }) => target),
  ).toEqual(['b.md'])
})

function leadsSomewhere(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#')
  const file = path === '' ? page : normalize(join(dirname(page), path)).replaceAll('\\', '/')
  if (!isThere(file)) return false
  return anchor === undefined || anchorsOf(readText(file)).has(anchor)
}
