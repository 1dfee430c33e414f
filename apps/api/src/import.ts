import { openServices } from './app.ts'
import { EnvError, readEnv } from './env.ts'
import {
  IMPORT_USAGE,
  parseImportFlags,
  runImportCommand,
} from './modules/report-intake/run-import-command.ts'

// `npm run import -- FILE`: takes a licence report in, with the server's own environment, whether it runs or not.
const flags = parseImportFlags(process.argv.slice(2))
if (flags === null) {
  process.stderr.write(`${IMPORT_USAGE}\n`)
  process.exitCode = 2
} else {
  try {
    const opened = await openServices({ env: readEnv() })
    try {
      const { lines, isWell } = await runImportCommand(opened.services, flags)
      const out = isWell ? process.stdout : process.stderr
      out.write(`${lines.join('\n')}\n`)
      process.exitCode = isWell ? 0 : 1
    } finally {
      await opened.close()
    }
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
