import { z } from 'zod'
import { isDay } from '../calendar.ts'
import { type Control, ControlFile } from '../control/control-type.ts'
import { parsePartial } from '../partial.ts'
import { writeLicenceReport } from '../report/licence-report.ts'
import { reportOptionsSchema } from '../report/options.ts'
import type { Sandbox } from '../sandbox.ts'
import { settingsSchema } from './settings.ts'
import { changeKey } from '../world/security/change-key.ts'
import {
  addVirtualServer,
  deleteVirtualServer,
  renameVirtualServer,
} from '../world/security/virtual-servers.ts'
import { changeWorkspace } from '../world/workspaces/change-workspace.ts'
import { setWorkspaceUsage } from '../world/workspaces/workspace-state.ts'

/** More of anything no machine holds. */
const count = z.number().int().min(0).max(1_000_000)
const name = z.string().min(1)
const dayField = z.string().refine(isDay, 'must be a day that exists, YYYY-MM-DD')
const serverRef = z.union([z.string(), z.number()])

const virtualServerInput = z.union([
  z.strictObject({ add: z.strictObject({ name, devices: count.default(0) }) }),
  z.strictObject({ rename: serverRef, name }),
  z.strictObject({ delete: serverRef }),
])
const keyInput = z.strictObject({
  serial: z.string(),
  limitDay: dayField.nullable().optional(),
  subscriptionState: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]).optional(),
})
const workspaceInput = z.union([
  z.strictObject({ rename: name, name }),
  z.strictObject({ delete: name }),
])
const workspaceUsageInput = z.strictObject({ workspace: name, application: name, used: count })

/** What a person or time does on the Kaspersky side. */
export const SECURITY_CONTROLS: Readonly<Record<string, Control>> = {
  'GET /security-center': (sandbox) => sandbox.securityCenter.settings,
  'POST /security-center': (sandbox, body) => {
    sandbox.securityCenter.change(parsePartial(settingsSchema, body))
    return sandbox.securityCenter.settings
  },
  'POST /security-center/restart': (sandbox) => {
    sandbox.securityCenter.restart()
    return {}
  },
  'POST /security-center/certificate': async (sandbox) => ({
    certificateSha256: await sandbox.securityCenter.renewCertificate(),
  }),
  'GET /security-center/certificate': (sandbox) =>
    new ControlFile(
      Buffer.from(sandbox.securityCenter.certificatePem),
      'application/x-pem-file',
      'klserver.cer',
    ),
  'POST /virtual-server': (sandbox, body) =>
    changeVirtualServer(sandbox, virtualServerInput.parse(body)),
  'POST /key': (sandbox, body) => changeKey(sandbox.world.security, keyInput.parse(body)),
  'POST /workspace': (sandbox, body) =>
    changeWorkspace(sandbox.world.workspaces, workspaceInput.parse(body)),
  'POST /workspace-usage': (sandbox, body) => {
    const change = workspaceUsageInput.parse(body)
    setWorkspaceUsage(sandbox.world.workspaces, change, sandbox.world.clock.day())
    return change
  },
  'GET /licence-report': async ({ world }, query) => {
    const options = reportOptionsSchema.parse(query)
    const isXlsx = options.format === 'xlsx'
    return new ControlFile(
      await writeLicenceReport(world, options),
      isXlsx ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'text/csv',
      `licences-${world.clock.day()}.${options.format}`,
    )
  },
}

function changeVirtualServer(sandbox: Sandbox, input: z.infer<typeof virtualServerInput>): unknown {
  const { security, clock } = sandbox.world
  if ('add' in input) return addVirtualServer(security, input.add, clock.now())
  if ('rename' in input) return renameVirtualServer(security, input.rename, input.name)
  return deleteVirtualServer(security, input.delete)
}
