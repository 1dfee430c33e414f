import { examine } from './doctor/examine.ts'
import { EnvError, readEnv } from './env.ts'

// `npm run doctor`: looks at the connections of this server's integrations. Changes nothing.
try {
  const isWell = await examine(readEnv(), (line) => process.stdout.write(`${line}\n`))
  process.exitCode = isWell ? 0 : 1
} catch (error) {
  if (!(error instanceof EnvError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
