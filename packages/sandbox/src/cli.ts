import { parseArgs } from 'node:util'
import { z } from 'zod'
import { isDay } from './calendar.ts'
import { parsePartial } from './partial.ts'
import { createSandbox, type SandboxOptions } from './sandbox.ts'
import { switchesSchema } from './switches.ts'

const wholeNumber = z.coerce.number().int().min(0)

const flagsSchema = z.strictObject({
  port: wholeNumber.max(65_535).default(0),
  seed: z.coerce.number().int().default(1),
  'virtual-servers': wholeNumber.default(60),
  devices: wholeNumber.default(2_500),
  keys: wholeNumber.default(14),
  day: z.string().refine(isDay, 'must be a day that exists, YYYY-MM-DD').optional(),
  empty: z.boolean().default(false),
  faults: z.enum(['none', 'storm']).default('none'),
  switches: z
    .string()
    .transform((text, context) => {
      try {
        return parsePartial(switchesSchema, JSON.parse(text))
      } catch (error) {
        context.addIssue(String(error))
        return z.NEVER
      }
    })
    .optional(),
})

const USAGE = `Flags: --port N  --seed N  --virtual-servers N  --devices N  --keys N  --day YYYY-MM-DD  --empty
       --faults none|storm  --switches JSON`

/** The flags as options; throws with a text that names the flag. */
function readFlags(): SandboxOptions {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    options: {
      port: text,
      seed: text,
      'virtual-servers': text,
      devices: text,
      keys: text,
      day: text,
      empty: { type: 'boolean' },
      faults: text,
      switches: text,
    },
  })
  const parsed = flagsSchema.safeParse(values)
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error))
  const { 'virtual-servers': virtualServers, day, switches, ...rest } = parsed.data
  return { ...rest, virtualServers, ...(day && { day }), ...(switches && { switches }) }
}

async function run(): Promise<void> {
  const sandbox = await createSandbox(readFlags())
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
