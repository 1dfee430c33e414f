import { test } from 'vitest'
import { expectNone } from './faults.ts'
import { files, readText } from './repository.ts'

const texts = files.filter((file) => !/\.(?:png|ico|woff2?|xlsx|zip|gz)$/u.test(file))

// Written in pieces, so that this file does not find itself.
const unfinished = new RegExp(`\\b(?:${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')})\\b`, 'u')
const machinePath = new RegExp(
  `(?:^|[\\s"'\`(=:])/(?:${['work', 'root', 'home', 'Users'].join('|')})/\\w`,
  'u',
)
const registryHost = new RegExp(
  [
    ['registry', 'npmjs', 'org'],
    ['registry', 'yarnpkg', 'com'],
    ['npm', 'pkg', 'github', 'com'],
  ]
    .map((parts) => parts.join('\\.'))
    .join('|'),
  'u',
)

test('nothing is left unfinished', () => {
  expectNone(linesThatMatch(texts, unfinished), {
    toDo: 'Do it now, or open an issue and say in the README which limit it leaves.',
    lookedAt: texts.length,
  })
})

test('no file knows the machine it was written on', () => {
  expectNone(linesThatMatch(texts, machinePath), {
    toDo: 'Use a path below the repository, an option, or an environment variable.',
    lookedAt: texts.length,
  })
})

test('no file names a package registry', () => {
  expectNone(linesThatMatch(texts, registryHost), {
    toDo: "Remove the host: which registry is used is each machine's own setting.",
    lookedAt: texts.length,
  })
})

test('a lint rule that is switched off in a file says why', () => {
  const directive = /(?:oxlint|eslint)-disable|@ts-(?:expect-error|ignore|nocheck)/u
  const explained =
    /(?:oxlint|eslint)-disable(?:-next-line|-line)? [^-\s].* -- \S|@ts-expect-error\W+\w+/u
  const code = files.filter(
    (file) => /\.(?:ts|mjs|vue)$/u.test(file) && !file.includes('tools/tidy'),
  )
  const faults = linesThatMatch(code, directive).filter((line) => !explained.test(line))
  expectNone(faults, {
    toDo: 'Mend the cause. Where that is wrong, write `oxlint-disable-next-line <rule> -- <reason>`.',
    lookedAt: code.length,
  })
})

function linesThatMatch(among: readonly string[], pattern: RegExp): string[] {
  return among.flatMap((file) =>
    readText(file)
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${file}:${index + 1}: ${line.trim().slice(0, 160)}`] : [],
      ),
  )
}
