import { readFlags, USAGE } from './flags.ts'
import { createSandbox, type SandboxOptions } from './sandbox.ts'

function flagsOrNull(): SandboxOptions | null {
  try {
    return readFlags(process.argv.slice(2))
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`)
    process.exitCode = 2
    return null
  }
}

async function run(): Promise<void> {
  const options = flagsOrNull()
  if (!options) return
  const sandbox = await createSandbox(options)
  const stop = () => {
    void sandbox.close().then(() => process.exit(0))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  console.log(JSON.stringify(sandbox.connection))
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
