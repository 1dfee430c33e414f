import { expect, test } from 'vitest'
import { expectNone } from './faults.ts'
import { git, packages } from './repository.ts'

const types = [
  'feat',
  'fix',
  'refactor',
  'perf',
  'test',
  'docs',
  'build',
  'ci',
  'chore',
  'style',
  'revert',
]
const scopes = [...packages.map(({ folder }) => folder.split('/')[1] ?? ''), 'deps', 'release']
const subjectPattern = new RegExp(`^(?:${types.join('|')})(?:\\(([\\w-]+)\\))?!?: \\S.{3,}`, 'u')

test('commit subjects are conventional, with a package as scope', () => {
  const subjects = subjectsSinceThisRule()
  const faults = subjects.filter((subject) => !isConventional(subject))
  expectNone(faults, {
    toDo: `Reword it: type(scope): subject, with a type of ${types.join(', ')} and a scope of ${scopes.join(', ')} or none.`,
    lookedAt: subjects.length,
  })
})

test('a subject without a type is seen', () => {
  expect(isConventional('wip')).toBe(false)
  expect(isConventional('feat(nowhere): add a thing')).toBe(false)
  expect(isConventional('feat(core): count devices once')).toBe(true)
})

function isConventional(subject: string): boolean {
  const match = subjectPattern.exec(subject)
  if (match === null) return subject.startsWith('Merge ') || subject.startsWith('Revert ')
  return match[1] === undefined || scopes.includes(match[1])
}

/** From the commit on that brought this file; in a shallow clone what there is. */
function subjectsSinceThisRule(): string[] {
  const [first = ''] = git(
    'log',
    '--diff-filter=A',
    '--format=%H',
    '--',
    'tools/tidy/src/commits.test.ts',
  )
    .trim()
    .split('\n')
  const range = first === '' ? ['-1', 'HEAD'] : ['HEAD', '--not', `${first}^@`]
  return git('log', '--format=%s', ...range)
    .trim()
    .split('\n')
}
