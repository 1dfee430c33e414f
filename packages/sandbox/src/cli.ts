import { readFlags, USAGE } from './flags.ts'
import { createSandbox } from './sandbox.ts'

async function run(): Promise<void> {
  const sandbox = await createSandbox(readFlags(process.argv.slice(2)))
  const stop = () => {
    void sandbox.close().then(() => process.exit(0))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  console.log(JSON.stringify(sandbox.connection))
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  console.error(USAGE)
  process.exitCode = 2
})
