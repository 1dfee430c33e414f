import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { z } from 'zod'
import { isDay } from '../calendar.ts'
import { type Control, ControlFile } from './control-type.ts'
import { faultsSchema } from '../faults.ts'
import { readBody } from '../listener.ts'
import { parsePartial } from '../partial.ts'
import type { Sandbox } from '../sandbox.ts'
import { SECURITY_CONTROLS } from '../security-center/controls.ts'
import { switchesSchema } from '../switches.ts'
import { Refusal } from '../world/refusal.ts'
import { WrongInput } from '../wrong-input.ts'

const dayField = z.string().refine(isDay, 'must be a day that exists, YYYY-MM-DD')
const id = z.number().int().min(0)
const units = z.number().int().min(0)
/** More devices than these no machine holds. */
const deviceCount = z.number().int().min(0).max(1_000_000)

const advanceInput = z.strictObject({
  days: z.number().int().min(0).default(0),
  minutes: z.number().min(0).default(0),
})
const postInput = z.strictObject({ through: dayField })
const usageInput = z.strictObject({
  virtualServer: z.union([z.string(), z.number()]),
  application: z.string(),
  category: z.enum(['WINDOWS_WORKSTATION', 'WINDOWS_SERVER', 'NON_WINDOWS', 'UNKNOWN']),
  devices: deviceCount,
})
const resetInput = z.strictObject({ seed: z.number().int().optional() })
const editInput = z.strictObject({ contractServiceID: id, units, from: dayField.optional() })
const accountInput = z.strictObject({
  companyName: z.string().min(1),
  isActive: z.boolean().optional(),
  city: z.string().optional(),
})
const serviceInput = z.strictObject({
  name: z.string().min(1),
  unitPrice: z.number().optional(),
  unitCost: z.number().optional(),
  periodType: z.number().int().min(2).max(5).optional(),
  sku: z.string().optional(),
  isActive: z.boolean().optional(),
})
const lineInput = z.strictObject({
  contractID: id,
  serviceID: id.optional(),
  serviceBundleID: id.optional(),
  units: units.optional(),
  unitPrice: z.number().optional(),
})
const contractInput = z.union([
  z.strictObject({ contractID: id, endDate: dayField }),
  z.strictObject({
    contractID: id,
    renew: z.strictObject({ startDate: dayField.optional(), endDate: dayField.optional() }),
  }),
  z.strictObject({
    companyID: id,
    contractName: z.string().optional(),
    contractType: z.number().int().optional(),
    status: z.number().int().optional(),
    startDate: dayField.optional(),
    endDate: dayField.optional(),
    contractPeriodType: z.number().int().min(2).max(5).optional(),
  }),
])
const CONTROLS: Readonly<Record<string, Control>> = {
  'GET /state': (sandbox) => sandbox.state(),
  'GET /calls': (sandbox) => sandbox.calls(),
  'DELETE /calls': (sandbox) => {
    sandbox.clearCalls()
    return sandbox.calls()
  },
  'POST /advance': (sandbox, body) => {
    const { days, minutes } = advanceInput.parse(body)
    sandbox.passMinutes(minutes)
    return { day: sandbox.advance(days) }
  },
  'POST /post': (sandbox, body) => sandbox.post(postInput.parse(body).through),
  'POST /usage': (sandbox, body) => {
    const change = usageInput.parse(body)
    sandbox.setUsage(change)
    return change
  },
  'GET /faults': (sandbox) => ({ armed: sandbox.armedFaults() }),
  'POST /faults': (sandbox, body) => {
    const { clear, ...faults } = faultsSchema.parse(body)
    if (clear === true || Object.keys(faults).length === 0) sandbox.clearFaults()
    sandbox.arm(faults)
    return { armed: sandbox.armedFaults() }
  },
  'POST /reset': (sandbox, body) => {
    sandbox.reset(resetInput.parse(body).seed)
    return { seed: sandbox.world.seed, day: sandbox.world.clock.day() }
  },
  'GET /switches': (sandbox) => sandbox.switches(),
  'POST /switches': (sandbox, body) => sandbox.setSwitches(parsePartial(switchesSchema, body)),
  'POST /edit': (sandbox, body) => ({ unitChange: sandbox.hand.editUnits(editInput.parse(body)) }),
  'POST /account': (sandbox, body) => sandbox.hand.addAccount(accountInput.parse(body)),
  'POST /service': (sandbox, body) => sandbox.hand.addService(serviceInput.parse(body)),
  'POST /line': (sandbox, body) => sandbox.hand.addLine(lineInput.parse(body)),
  'POST /contract': (sandbox, body) => changeContract(sandbox, contractInput.parse(body)),
  ...SECURITY_CONTROLS,
}

/** Serves `/control/…` of a sandbox. */
export function createControlHandler(sandbox: Sandbox): RequestListener {
  return (request, response) => {
    serve(sandbox, request, response).catch((error: unknown) => {
      if (response.headersSent) return response.destroy()
      response.writeHead(500, { 'Content-Type': 'application/json; charset=utf-8' })
      return response.end(JSON.stringify({ error: `the sandbox itself failed: ${String(error)}` }))
    })
  }
}

async function serve(
  sandbox: Sandbox,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://sandbox')
  const path = url.pathname
    .replace(/\/{2,}/gu, '/')
    .replace(/^\/control/u, '')
    .replace(/(?<=.)\/$/u, '')
  const control = CONTROLS[`${request.method ?? 'GET'} ${path}`]
  const text = await readBody(request)
  const query = Object.fromEntries(url.searchParams)
  const { status, body } = control
    ? await answer(() => {
        if (text === null) throw new WrongInput('the body is longer than 10 MB')
        return control(sandbox, text === '' ? query : JSON.parse(text))
      })
    : { status: 404, body: { error: 'no such control', controls: Object.keys(CONTROLS) } }
  if (body instanceof ControlFile) {
    response.writeHead(status, {
      'Content-Type': body.contentType,
      'Content-Disposition': `attachment; filename="${body.fileName}"`,
    })
    response.end(body.bytes)
    return
  }
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(body))
}

async function answer(act: () => unknown): Promise<{ status: number; body: unknown }> {
  try {
    return { status: 200, body: await act() }
  } catch (error) {
    if (error instanceof z.ZodError) return { status: 400, body: { error: z.prettifyError(error) } }
    if (error instanceof SyntaxError) return { status: 400, body: { error: error.message } }
    if (error instanceof WrongInput) return { status: 400, body: { error: error.message } }
    if (error instanceof Refusal) return { status: 422, body: { error: error.message } }
    throw error
  }
}

function changeContract(sandbox: Sandbox, input: z.infer<typeof contractInput>): unknown {
  if (!('contractID' in input)) return sandbox.hand.addContract(input)
  if ('endDate' in input) return sandbox.hand.endContract(input)
  return sandbox.hand.renewContract({ contractID: input.contractID, ...input.renew })
}
