import { createApp } from './app.ts'
import { EnvError, readEnv } from './env.ts'

const REQUIRED_NODE = 24
const STOP_WITHIN_MS = 30_000

await start()

async function start(): Promise<void> {
  const major = Number(process.versions.node.split('.')[0])
  if (major < REQUIRED_NODE) {
    fail(
      `Trueup needs Node ${REQUIRED_NODE} or newer and runs on ${process.versions.node}. ` +
        'Start it with `npm start` or `npm run serve`, which bring their own.',
    )
  }
  try {
    const app = await createApp({ env: readEnv() })
    // The first line is for programs, as the sandbox's is; the rest of stdout for people.
    console.log(JSON.stringify({ url: app.url, signIn: app.firstSignIn }))
    stopOnSignals(() => app.close())
  } catch (error) {
    if (error instanceof EnvError) fail(error.message)
    throw error
  }
}

function stopOnSignals(close: () => Promise<void>): void {
  const stop = (): void => {
    setTimeout(() => fail('Trueup did not stop in time.'), STOP_WITHIN_MS).unref()
    close().then(
      () => process.exit(0),
      (error: unknown) => fail(`Trueup did not stop cleanly: ${String(error)}`),
    )
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}
