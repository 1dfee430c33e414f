import { parseArgs } from 'node:util'
import { z } from 'zod'
import { FIRST_DAY, isDay, LAST_DAY } from './calendar.ts'
import { parsePartial } from './partial.ts'
import type { SandboxOptions } from './sandbox.ts'
import { switchesSchema } from './switches.ts'

const flagsSchema = z.strictObject({
  port: wholeNumber(0, 65_535).default(0),
  seed: wholeNumber(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER).default(1),
  // More than these no machine holds: each virtual server and device is an object of its own.
  'virtual-servers': wholeNumber(0, 100_000).default(60),
  devices: wholeNumber(0, 1_000_000).default(2_500),
  keys: wholeNumber(0, 10_000).optional(),
  uniform: z
    .string()
    .regex(/^\d+x\d+x\d+$/u, 'must be ACCOUNTSxLINESxPERIODS, as 2000x5x12')
    .optional(),
  day: z
    .string()
    .refine(isDay, 'must be a day that exists, YYYY-MM-DD')
    .refine((day) => day >= FIRST_DAY && day <= LAST_DAY, `must be ${FIRST_DAY} to ${LAST_DAY}`)
    .optional(),
  empty: z.boolean().default(false),
  faults: z.enum(['none', 'storm'], 'must be none or storm').default('none'),
  switches: z
    .string()
    .transform((text, context) => {
      try {
        return parsePartial(switchesSchema, JSON.parse(text))
      } catch (error) {
        context.addIssue(error instanceof z.ZodError ? z.prettifyError(error) : 'must be JSON')
        return z.NEVER
      }
    })
    .optional(),
})

/** What the command line takes. */
export const USAGE = `Flags: --port N  --seed N  --virtual-servers N  --devices N  --keys N  --day YYYY-MM-DD  --empty
       --faults none|storm  --switches JSON  --uniform ACCOUNTSxLINESxPERIODS`

/** The flags as options. Throws an error that names each flag that is wrong and says what it takes. */
export function readFlags(args: readonly string[]): SandboxOptions {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: text,
      seed: text,
      'virtual-servers': text,
      devices: text,
      keys: text,
      uniform: text,
      day: text,
      empty: { type: 'boolean' },
      faults: text,
      switches: text,
    },
  })
  const parsed = flagsSchema.safeParse(values)
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `--${path.join('.')} ${message}`)
    throw new Error(faults.join('\n'))
  }
  const { 'virtual-servers': virtualServers, day, keys, switches, uniform, ...rest } = parsed.data
  return {
    ...rest,
    virtualServers,
    ...(day !== undefined && { day }),
    ...(keys !== undefined && { keys }),
    ...(switches !== undefined && { switches }),
    ...(uniform !== undefined && { uniform: toUniform(uniform) }),
  }
}

/** Written in digits only: `Number` alone takes an empty text for 0, and 0x10 for 16. */
function wholeNumber(least: number, most: number) {
  const message =
    least === Number.MIN_SAFE_INTEGER
      ? 'must be a whole number'
      : `must be a whole number from ${least} to ${most}`
  return z
    .string()
    .regex(/^-?\d+$/u, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message)
}

function toUniform(text: string): NonNullable<SandboxOptions['uniform']> {
  const [accounts = 0, lines = 0, periods = 0] = text.split('x').map(Number)
  return { accounts, lines, periods, units: 10 }
}
