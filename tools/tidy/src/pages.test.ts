import { expect, test } from 'vitest'
import { expectNone } from './faults.ts'
import { files, isThere, packages, readText } from './repository.ts'

test('every package says what it owns and what it does not', () => {
  const wanted = [
    /^#+ .*\bowns\b/imu,
    /^#+ .*\bdoes not own\b/imu,
    /^#+ .*\btests?\b/imu,
    /^#+ .*\blimits?\b/imu,
  ]
  const faults = packages.flatMap(({ folder }) => {
    const page = `${folder}/README.md`
    if (!isThere(page)) return [`${page} is missing`]
    const text = readText(page)
    return wanted
      .filter((heading) => !heading.test(text))
      .map((heading) => `${page} has no heading ${heading.source}`)
  })
  expectNone(faults, {
    toDo: 'One sentence, then: Owns, Does not own, Main types, Invariants, Tests, Limits on purpose.',
    lookedAt: packages.length,
  })
})

test('every page begins with its title and has no other', () => {
  const pages = files.filter((file) => file.endsWith('.md'))
  const faults = pages.filter((page) => !isTitled(readText(page)))
  expectNone(faults, {
    toDo: 'A page begins with the one line that starts with `# `.',
    lookedAt: pages.length,
  })
})

test('a page that begins in the middle is seen, and a comment in a script is no title', () => {
  expect(isTitled('# Operations\n\n```sh\n# once\nnpm start\n```\n')).toBe(true)
  expect(isTitled('## Money of a run\n')).toBe(false)
  expect(isTitled('# One\n\n# Two\n')).toBe(false)
})

test('decisions are numbered without gaps and have their three parts', () => {
  const decisions = files.filter((file) => file.startsWith('docs/decisions/'))
  const faults = decisions.flatMap((file, index) => {
    const number = String(index + 1).padStart(4, '0')
    const text = readText(file)
    return [
      ...(file.startsWith(`docs/decisions/${number}-`)
        ? []
        : [`${file}: the next number is ${number}`]),
      ...['Context', 'Decision', 'Consequences']
        .filter((part) => !text.includes(`\n## ${part}\n`))
        .map((part) => `${file} has no heading ${part}`),
    ]
  })
  expectNone(faults, {
    toDo: 'A decision is never edited, only superseded by one with the next number.',
    lookedAt: decisions.length,
  })
})

function isTitled(text: string): boolean {
  const titles = text.replaceAll(/^```[^]*?^```/gmu, '').match(/^# /gmu) ?? []
  return text.startsWith('# ') && titles.length === 1
}
