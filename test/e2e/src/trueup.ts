import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createSandbox, type Sandbox, type SandboxOptions } from '@trueup/sandbox'

/** The built Trueup over a practice world of its own, as a person meets it. */
export interface Trueup {
  readonly url: string
  readonly signIn: { readonly userName: string; readonly password: string }
  readonly sandbox: Sandbox
  /** Asks the GraphQL API as an administrator's program does; throws on errors and on problems. */
  readonly ask: <Answer>(
    document: string,
    variables?: Readonly<Record<string, unknown>>,
  ) => Promise<Answer>
  /** Ends the server and the practice world, and removes the data. */
  readonly stop: () => Promise<void>
}

const adminToken = 'the-journeys-own-administrator-token'
const program = fileURLToPath(new URL('../dist/main.js', import.meta.resolve('@trueup/api')))

/** Starts both on free ports with an empty database. The server's calendar follows the practice world's. */
export async function startTrueup(options: SandboxOptions = {}): Promise<Trueup> {
  if (!existsSync(program))
    throw new Error('Trueup is not built. Run `npm test`, or `turbo run build` first.')
  const folder = mkdtempSync(join(tmpdir(), 'trueup-journey-'))
  const sandbox = await createSandbox(options)
  const server = spawn(process.execPath, [program], {
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      TRUEUP_HOST: '127.0.0.1',
      TRUEUP_DATA_DIR: folder,
      TRUEUP_ADMIN_TOKEN: adminToken,
      TRUEUP_FIRST_PASSWORD: 'a password for journeys',
      TRUEUP_PRACTICE_CONTROL: sandbox.connection.control,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { url, signIn } = JSON.parse(await readFirstLine(server)) as Pick<Trueup, 'url' | 'signIn'>
  return {
    url,
    signIn,
    sandbox,
    ask: (document, variables) => ask(url, document, variables),
    stop: async () => {
      if (server.exitCode === null) {
        server.kill('SIGTERM')
        await once(server, 'exit')
      }
      await sandbox.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Creates the integration of the practice world with its directory read, and returns its id. */
export async function createIntegration({ ask, sandbox }: Trueup): Promise<string> {
  const { autotask, securityCenter } = sandbox.connection
  const created = await ask<{
    createIntegration: { integration: { id: string; version: number } }
  }>(
    /* GraphQL */ `
      mutation CreateIntegration($input: CreateIntegrationInput!) {
        createIntegration(input: $input) {
          integration {
            id
            version
          }
          problems {
            code
            message
          }
        }
      }
    `,
    { input: { name: 'Nordlicht', timeZone: 'UTC', autotask, securityCenter } },
  )
  const { id, version } = created.createIntegration.integration
  await ask(
    /* GraphQL */ `
      mutation Prepare($id: ID!, $version: Int!) {
        updateIntegration(id: $id, version: $version, input: { scheduleEnabled: false }) {
          problems {
            code
            message
          }
        }
        readDirectory(integrationId: $id) {
          problems {
            code
            message
          }
        }
      }
    `,
    { id, version },
  )
  return id
}

/** The server's first line on stdout; what it printed instead, when it ends before. */
function readFirstLine(server: ChildProcess): Promise<string> {
  const { stdout, stderr } = server
  if (stdout === null || stderr === null) throw new Error('The server was started without pipes.')
  let errors = ''
  stderr.on('data', (part) => (errors += String(part)))
  stdout.resume()
  return new Promise((resolve, reject) => {
    createInterface({ input: stdout }).once('line', resolve)
    server.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${errors}`)))
    server.once('error', reject)
  })
}

async function ask<Answer>(
  url: string,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${adminToken}` },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = (await response.json()) as { data?: Answer & object; errors?: unknown }
  if (errors !== undefined || data === undefined) throw new Error(JSON.stringify(errors))
  const problems = Object.values(data).flatMap(
    (result: { problems?: readonly unknown[] } | null) => result?.problems ?? [],
  )
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  return data
}
