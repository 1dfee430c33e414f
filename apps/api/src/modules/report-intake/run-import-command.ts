import { stat } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { parseDay, type Day } from '@trueup/core'
import type { Services } from '../../context.ts'
import { importReport } from '../report/import-report.ts'
import { describeOutcome } from './describe-outcome.ts'
import { toFileOnDisk } from './file-on-disk.ts'
import { findReportIntegration } from './find-integration.ts'

/** How the command is used. */
export const IMPORT_USAGE = `npm run import -- FILE [flags]

  --integration NAME            for which integration; not needed when there is only one of licence reports
  --day YYYY-MM-DD              the day of a report that names none; today unless given
  --accept-rows-with-problems   take the companies whose rows are all right; the others keep their units
  --accept-missing              known workspaces that are not in the report are gone`

/** What a command says and how it ends. */
export interface CommandResult {
  readonly lines: readonly string[]
  readonly isWell: boolean
}

/** Flags as they were typed, or `null` when they make no sense. */
export interface ImportFlags {
  readonly path: string
  readonly integration: string | null
  readonly day: Day | null
  readonly acceptRowsWithProblems: boolean
  readonly acceptMissing: boolean
}

/** Reads the command line; `null` when somebody has to be told how it is used. */
export function parseImportFlags(args: readonly string[]): ImportFlags | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        integration: { type: 'string' },
        day: { type: 'string' },
        'accept-rows-with-problems': { type: 'boolean', default: false },
        'accept-missing': { type: 'boolean', default: false },
      },
    })
    const [path, ...rest] = positionals
    const day = values.day === undefined ? null : parseDay(values.day)
    if (path === undefined || rest.length > 0 || (values.day !== undefined && day === null))
      return null
    return {
      path,
      integration: values.integration ?? null,
      day,
      acceptRowsWithProblems: values['accept-rows-with-problems'],
      acceptMissing: values['accept-missing'],
    }
  } catch (error) {
    // Flags that do not exist.
    if (error instanceof TypeError) return null
    throw error
  }
}

/** Imports one file into the database of these services, as the server's mutation would. */
export async function runImportCommand(
  services: Services,
  flags: ImportFlags,
): Promise<CommandResult> {
  if (!(await isFile(flags.path)))
    return { lines: [`There is no file ${flags.path}.`], isWell: false }
  const found = await findReportIntegration(services.orm.em.fork(), flags.integration)
  if ('reason' in found) return { lines: [found.reason], isWell: false }
  const file = toFileOnDisk(flags.path)
  const outcome = await importReport(services, {
    integrationId: found.integration.id,
    actor: 'npm run import',
    file,
    profile: null,
    reportDay: flags.day,
    acceptRowsWithProblems: flags.acceptRowsWithProblems,
    acceptMissing: flags.acceptMissing,
    renames: [],
  })
  return { lines: describeOutcome(file.name, outcome), isWell: outcome.problems.length === 0 }
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found?.isFile() === true
}
