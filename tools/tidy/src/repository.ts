import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds the workspace. */
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')

/** A package of the workspace, as its package.json tells. */
export interface WorkspacePackage {
  /** Below the root: `packages/core`. */
  readonly folder: string
  readonly name: string
  readonly dependencies: readonly string[]
  readonly devDependencies: readonly string[]
}

/**
 * Every file of the repository, below the root with forward slashes: what git tracks and what is new and not ignored.
 * Files that are deleted but still in git's index are left out.
 */
export const files: readonly string[] = git(
  'ls-files',
  '--cached',
  '--others',
  '--exclude-standard',
  '-z',
)
  .split('\0')
  .filter((file) => file !== '' && existsSync(join(root, file)))
  .toSorted()

/** The text of a file below the root. */
export function readText(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

/** Whether a file or folder is there, below the root. */
export function isThere(path: string): boolean {
  return existsSync(join(root, path))
}

/** What git prints. */
export function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
}

/** All packages of the workspace, found by their package.json, in the order of their folders. */
export const packages: readonly WorkspacePackage[] = files
  .filter((file) => /^[^/]+\/[^/]+\/package\.json$/u.test(file))
  .map((file) => {
    const manifest = JSON.parse(readText(file)) as {
      name: string
      dependencies?: Record<string, string>
      devDependencies?: Record<string, string>
    }
    return {
      folder: dirname(file),
      name: manifest.name,
      dependencies: Object.keys(manifest.dependencies ?? {}),
      devDependencies: Object.keys(manifest.devDependencies ?? {}),
    }
  })

/** Whether a file is a test or only there for tests. */
export function isTest(file: string): boolean {
  return (
    /\.(?:test|suite)\.ts$/u.test(file) ||
    /(?:^|\/)(?:test|tests|testing|scenarios)\//u.test(file) ||
    file.startsWith('test/')
  )
}

/** Source files of the product that run at a customer: no tests, no sandbox, no tools, nothing generated. */
export const productSources: readonly string[] = files.filter(
  (file) =>
    /^(?:apps|packages)\/[^/]+\/src\/.*\.(?:ts|vue)$/u.test(file) &&
    !isTest(file) &&
    !file.startsWith('packages/sandbox/') &&
    !file.includes('/gql/'),
)
