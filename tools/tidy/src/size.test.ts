import { test } from 'vitest'
import { expectNone } from './faults.ts'
import { files, readText } from './repository.ts'

// oxlint holds the limits of .ts and .mjs files and of functions; these are the ones it does not see.
const limits: readonly { readonly what: RegExp; readonly lines: number; readonly toDo: string }[] =
  [
    {
      what: /\.vue$/u,
      lines: 250,
      toDo: 'Move a part into a component or a composable of its own.',
    },
    { what: /^README\.md$/u, lines: 120, toDo: 'Move what a newcomer does not need into docs/.' },
    {
      what: /^[^/]+\/[^/]+\/README\.md$/u,
      lines: 150,
      toDo: 'Keep what the boundary owns; the rest is in the code.',
    },
    {
      what: /^docs\/decisions\/\d{4}-.*\.md$/u,
      lines: 40,
      toDo: 'A decision is context, decision, consequences.',
    },
  ]

test.for(limits)('files like $what have at most $lines lines', ({ what, lines, toDo }) => {
  const among = files.filter((file) => what.test(file))
  const faults = among
    .map((file) => ({ file, count: readText(file).trimEnd().split('\n').length }))
    .filter(({ count }) => count > lines)
    .map(({ file, count }) => `${file}: ${count} lines`)
  expectNone(faults, { toDo, lookedAt: among.length })
})
