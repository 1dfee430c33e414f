import { basename, dirname } from 'node:path'
import { test } from 'vitest'
import { expectNone } from './faults.ts'
import { files, isTest } from './repository.ts'

const sources = files.filter(
  (file) => /\.(?:ts|mjs|vue)$/u.test(file) && !file.includes('/gql/') && !file.endsWith('.d.ts'),
)

test('no file or folder is named after nothing', () => {
  const empty = /(?:^|-)(?:utils?|helpers?|misc|common|manager)(?:-|$)|^(?:base|types?)$/u
  const faults = sources.filter((file) =>
    file.split('/').some((part) => empty.test(part.split('.')[0]?.toLowerCase() ?? '')),
  )
  expectNone(faults, {
    toDo: 'Find the noun: name it after what it promises.',
    lookedAt: sources.length,
  })
})

test('role suffixes come from the closed list', () => {
  const roles = new Set(['entity', 'type', 'input', 'resolver', 'suite', 'test', 'config'])
  const faults = sources.filter((file) => {
    const [, ...suffixes] = basename(file).split('.').slice(0, -1)
    return suffixes.some((suffix) => !roles.has(suffix))
  })
  expectNone(faults, {
    toDo: `Use one of ${[...roles].join(', ')}, or none. A use case is a file named after what it does.`,
    lookedAt: sources.length,
  })
})

test('a folder stays small enough to be read as a list', () => {
  const most = 16
  const counts = new Map<string, number>()
  for (const file of sources.filter((name) => !isTest(name) && !name.includes('/migrations/'))) {
    counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1)
  }
  const faults = [...counts]
    .filter(([, count]) => count > most)
    .map(([folder, count]) => `${folder}: ${count} files`)
  expectNone(faults, {
    toDo: `Split it by domain, not by kind; ${most} source files are the most.`,
    lookedAt: counts.size,
  })
})
