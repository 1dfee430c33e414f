import { createSandbox, type Sandbox, type SandboxOptions } from '@trueup/sandbox'
import type { DatabaseTarget } from '../../src/database/orm.ts'
import type { DatabaseKind } from './databases.ts'
import { startTestApp, type TestApp } from './start-test-app.ts'
import { createIntegration } from './store-integration.ts'
import type { TestClock } from './test-clock.ts'

/** A test app whose clock follows a small practice world, with one integration that is connected to it. */
export interface Practice {
  readonly trueup: TestApp
  readonly sandbox: Sandbox
  readonly integrationId: string
  close(): Promise<void>
}

/** What a practice may be started with instead of its own. */
export interface PracticeParts {
  readonly clock?: TestClock
  readonly database?: DatabaseTarget
}

/** Starts both and stores the integration; the directory is not read yet. */
export async function startPractice(
  kind: DatabaseKind,
  options: SandboxOptions = {},
  { clock, database }: PracticeParts = {},
): Promise<Practice> {
  const sandbox = await createSandbox({
    day: '2026-03-15' as NonNullable<SandboxOptions['day']>,
    virtualServers: 12,
    devices: 150,
    ...options,
  })
  const trueup = await startTestApp(kind, {
    env: {
      practiceControl: sandbox.connection.control,
      ...(database === undefined ? {} : { database }),
    },
    ...(clock === undefined ? {} : { clock }),
  })
  const integrationId = await createIntegration(trueup, {
    name: 'Practice',
    ...connectionsOf(sandbox),
  })
  return {
    trueup,
    sandbox,
    integrationId,
    close: async () => {
      await trueup.close()
      await sandbox.close()
    },
  }
}

/** The input that connects an integration to a sandbox. */
export function connectionsOf({ connection }: Sandbox): {
  autotask: { url: string; userName: string; secret: string; integrationCode: string }
  securityCenter: { url: string; user: string; password: string; certificateSha256: string }
} {
  const { url, userName, secret, integrationCode } = connection.autotask
  return {
    autotask: { url, userName, secret, integrationCode },
    securityCenter: { ...connection.securityCenter },
  }
}
