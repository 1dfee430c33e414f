import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { DatabaseTarget } from './database/orm.ts'

/** What the process was told from outside. Words are ours; what is switched off is `null`. */
export interface Env {
  /** Name or address to listen on. */
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** Folder for the embedded database and the key file. */
  readonly dataDir: string
  /** Folder into which reports are put, one below it for each integration; `null` when nobody watches any. */
  readonly reportDir: string | null
  readonly database: DatabaseTarget
  /** 32 bytes, or `null` when the key lives in a file of the data folder. */
  readonly secretKey: Buffer | null
  /** Accepted as an administrator's API token. */
  readonly adminToken: string | null
  /** Password of the first administrator; `null` generates one. */
  readonly firstPassword: string | null
  /** Control surface of the practice world; `null` outside of practice. */
  readonly practiceControl: string | null
  /** The address people type, when a proxy stands in front; its scheme decides about secure cookies. */
  readonly publicUrl: string | null
  /** Believe `X-Forwarded-*` of the proxy in front. */
  readonly trustProxy: boolean
  /** Folder of the built admin pages; `null` looks beside the program. */
  readonly webDir: string | null
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
}

/** The environment does not fit. Its message names every fault, one a line. */
export class EnvError extends Error {
  override readonly name = 'EnvError'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(
      `The environment is not usable:\n${faults.map((fault) => `  ${fault}`).join('\n')}\n` +
        'apps/api/README.md has the table of all variables.',
    )
    this.faults = faults
  }
}

const SECRET_KEY_BYTES = 32
const flag = z.enum(['true', 'false']).transform((text) => text === 'true')

/** One entry a variable, in the order of the table in apps/api/README.md. */
const variables = z.object({
  PORT: z.coerce.number('must be a number').int().min(0).max(65_535).default(4000),
  TRUEUP_HOST: z.string().default('localhost'),
  TRUEUP_DATA_DIR: z.string().default('.trueup'),
  TRUEUP_REPORT_DIR: z.string().optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/./, 'must begin with postgresql://')
    .optional(),
  TRUEUP_SECRET_KEY: z
    .base64('must be base64')
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((key) => key.length === SECRET_KEY_BYTES, 'must be 32 bytes, written as base64')
    .optional(),
  TRUEUP_ADMIN_TOKEN: z.string().min(32, 'must have at least 32 characters').optional(),
  TRUEUP_FIRST_PASSWORD: z.string().min(12, 'must have at least 12 characters').optional(),
  TRUEUP_PRACTICE_CONTROL: z.url({ protocol: /^https?$/, error: 'must be an http URL' }).optional(),
  TRUEUP_PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an http URL' }).optional(),
  TRUEUP_TRUST_PROXY: flag.default(false),
  TRUEUP_WEB_DIR: z.string().optional(),
  TRUEUP_LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
})

/** Names of every variable that is read. */
const ENV_NAMES: readonly string[] = Object.keys(variables.shape)

/** Reads the process's environment. Throws {@link EnvError} with all faults at once. */
export function readEnv(): Env {
  return parseEnv(process.env)
}

/** Makes an {@link Env} of variables; an empty variable counts as missing. Throws {@link EnvError}. */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(
    ENV_NAMES.map((name) => [name, source[name]?.trim() === '' ? undefined : source[name]?.trim()]),
  )
  const parsed = variables.safeParse(given)
  if (!parsed.success)
    throw new EnvError(
      parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`),
    )
  const values = parsed.data
  const dataDir = resolve(values.TRUEUP_DATA_DIR)
  return {
    host: values.TRUEUP_HOST,
    port: values.PORT,
    dataDir,
    reportDir: resolve(values.TRUEUP_REPORT_DIR ?? join(dataDir, 'reports')),
    database:
      values.DATABASE_URL === undefined
        ? { kind: 'sqlite', file: resolve(dataDir, 'trueup.sqlite') }
        : { kind: 'postgresql', url: values.DATABASE_URL },
    secretKey: values.TRUEUP_SECRET_KEY ?? null,
    adminToken: values.TRUEUP_ADMIN_TOKEN ?? null,
    firstPassword: values.TRUEUP_FIRST_PASSWORD ?? null,
    practiceControl: values.TRUEUP_PRACTICE_CONTROL ?? null,
    publicUrl: values.TRUEUP_PUBLIC_URL ?? null,
    trustProxy: values.TRUEUP_TRUST_PROXY,
    webDir: values.TRUEUP_WEB_DIR === undefined ? null : resolve(values.TRUEUP_WEB_DIR),
    logLevel: values.TRUEUP_LOG_LEVEL,
  }
}
