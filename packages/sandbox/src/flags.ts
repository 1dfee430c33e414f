import { parseArgs } from 'node:util'
import { z } from 'zod'
import { isDay } from './calendar.ts'
import { parsePartial } from './partial.ts'
import type { SandboxOptions } from './sandbox.ts'
import { switchesSchema } from './switches.ts'

const wholeNumber = z.coerce.number().int().min(0)

const flagsSchema = z.strictObject({
  port: wholeNumber.max(65_535).default(0),
  seed: z.coerce.number().int().default(1),
  'virtual-servers': wholeNumber.default(60),
  devices: wholeNumber.default(2_500),
  keys: wholeNumber.optional(),
  uniform: z
    .string()
    .regex(/^\d+x\d+x\d+$/u, 'must be ACCOUNTSxLINESxPERIODS, as 2000x5x12')
    .optional(),
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

/** What the command line takes. */
export const USAGE = `Flags: --port N  --seed N  --virtual-servers N  --devices N  --keys N  --day YYYY-MM-DD  --empty
       --faults none|storm  --switches JSON  --uniform ACCOUNTSxLINESxPERIODS`

/** The flags as options. Throws an error that names the flag which is wrong. */
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
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error))
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

function toUniform(text: string): NonNullable<SandboxOptions['uniform']> {
  const [accounts = 0, lines = 0, periods = 0] = text.split('x').map(Number)
  return { accounts, lines, periods, units: 10 }
}
