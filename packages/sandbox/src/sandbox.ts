import { dayOf, type Day } from './calendar.ts'
import { createCallLog, type CallSummary } from './calls.ts'
import { API_USER, type ApiUser } from './autotask/access/api-user.ts'
import { createLimits } from './autotask/access/limits.ts'
import { createAutotaskHandler } from './autotask/server.ts'
import { createZones, type Zones } from './autotask/access/zones.ts'
import { createControlHandler } from './control/control.ts'
import { createFaults, type FaultsInput } from './faults.ts'
import { listen } from './listener.ts'
import { startSecurityCenter, type SecurityCenter } from './security-center/server.ts'
import { defaultSettings, type SecurityCenterSettings } from './security-center/settings.ts'
import { stateOf, type SandboxState } from './state.ts'
import { STORM } from './storm.ts'
import { DEFAULT_SWITCHES, type Switches } from './switches.ts'
import type { UniformOptions } from './world/generation/generate-uniform.ts'
import { createHand, type AutotaskHand } from './world/hand.ts'
import type { Posting } from './world/posting.ts'
import { setUsage, type UsageChange } from './world/security/set-usage.ts'
import { buildWorld, type World, type WorldOptions } from './world/world.ts'

/** How a sandbox is made. Everything has the default of the command line. */
export interface SandboxOptions {
  /** Port of the control surface and of Autotask; 0, the default, takes any free one. */
  port?: number
  /** 1 when absent. */
  seed?: number
  /** First virtual day; today when absent. */
  day?: Day
  /** 60 when absent. */
  virtualServers?: number
  /** 2,500 when absent. */
  devices?: number
  /** Licence keys; 14 when absent, of which 7 are counted; of 25, 12 are. */
  keys?: number
  /** No customers, accounts, services, virtual servers or keys; the credentials work. */
  empty?: boolean
  /** Armed from the start and after a reset. */
  faults?: 'none' | 'storm' | FaultsInput
  switches?: Partial<Switches>
  securityCenter?: Partial<SecurityCenterSettings>
  /** Autotask accounts that are all alike, in place of the practice world's. */
  uniform?: UniformOptions
}

/** What a client needs to connect; the first line of the command line's output. */
export interface Connection {
  control: string
  autotask: ApiUser & { url: string }
  securityCenter: { url: string; user: string; password: string; certificateSha256: string }
}

/** A running sandbox: both imitations over one world, and the same controls as over HTTP. */
export interface Sandbox {
  readonly connection: Connection
  readonly control: { url: string }
  readonly world: World
  readonly securityCenter: SecurityCenter
  /** What a person does in Autotask's screens. */
  readonly hand: AutotaskHand
  /** Moves the virtual day (and with it the hour of the request threshold); returns the new day. */
  advance(days: number): Day
  /** Lets the hour of the request threshold pass without moving the day. */
  passMinutes(minutes: number): void
  /** Lets other programs use up so many requests of the hour. */
  useRequests(count: number): void
  /** Approves and posts everything that begins up to a day. */
  post(through: Day): Posting
  setUsage(change: UsageChange): void
  arm(faults: FaultsInput): void
  clearFaults(): void
  armedFaults(): Record<string, unknown>
  switches(): Switches
  setSwitches(changed: Partial<Switches>): Switches
  calls(): CallSummary
  clearCalls(): void
  state(): SandboxState
  /** The same world anew, or that of another seed; faults, calls and switches as at the start. */
  reset(seed?: number): void
  close(): Promise<void>
}

/** Starts a sandbox on 127.0.0.1. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const worldOptions = worldOptionsOf(options)
  const core = createCore(options, worldOptions)
  const { world, faults, calls } = core
  let zones: Zones | undefined
  const openZones = () => {
    if (!zones) throw new Error('the sandbox is not listening yet')
    return zones
  }
  const parts = { ...core, switches: core.currentSwitches, zones: openZones }
  const serveZone = (zone: number) => createAutotaskHandler(parts, zone)
  const serveHome = serveZone(1)
  let serveControl = serveHome
  const listener = await listen(options.port ?? 0, (request, response) => {
    const isControl = /^\/+control(?:[/?]|$)/u.test(request.url ?? '')
    return isControl ? serveControl(request, response) : serveHome(request, response)
  })
  zones = createZones({ number: 1, origin: listener.origin }, serveZone)
  const securityCenter = await startSecurityCenter({
    world,
    faults,
    calls,
    port: 0,
    settings: options.securityCenter ?? {},
  })
  const controls = createControls(core, { options, worldOptions, securityCenter })
  const { url, user, password, certificateSha256 } = securityCenter
  const sandbox: Sandbox = {
    ...controls,
    control: { url: `${listener.origin}/control` },
    connection: {
      control: `${listener.origin}/control`,
      autotask: { url: `${listener.origin}/atservicesrest/`, ...API_USER },
      securityCenter: { url, user, password, certificateSha256 },
    },
    world,
    securityCenter,
    close: async () => {
      await Promise.all([listener.close(), securityCenter.close(), openZones().close()])
    },
  }
  serveControl = createControlHandler(sandbox)
  return sandbox
}

function worldOptionsOf(options: SandboxOptions): WorldOptions {
  return {
    seed: options.seed ?? 1,
    day: options.day ?? dayOf(Date.now()),
    virtualServers: options.virtualServers ?? 60,
    devices: options.devices ?? 2_500,
    keys: options.keys,
    empty: options.empty ?? false,
    uniform: options.uniform,
  }
}

function faultsAtStart({ faults = 'none' }: SandboxOptions): FaultsInput {
  if (faults === 'none') return {}
  return faults === 'storm' ? STORM : faults
}

function createCore(options: SandboxOptions, worldOptions: WorldOptions) {
  const world = buildWorld(worldOptions)
  let switches: Switches = { ...DEFAULT_SWITCHES, ...options.switches }
  const faults = createFaults(worldOptions.seed)
  faults.arm(faultsAtStart(options))
  return {
    world,
    faults,
    calls: createCallLog(),
    limits: createLimits(world),
    currentSwitches: () => switches,
    changeSwitches: (changed: Partial<Switches>) => (switches = { ...switches, ...changed }),
  }
}

interface ControlParts {
  options: SandboxOptions
  worldOptions: WorldOptions
  securityCenter: SecurityCenter
}

function createControls(core: ReturnType<typeof createCore>, parts: ControlParts) {
  const { world, faults, calls, limits } = core
  const hand = createHand({
    get autotask() {
      return world.autotask
    },
    get clock() {
      return world.clock
    },
    get switches() {
      return core.currentSwitches()
    },
  })
  return {
    hand,
    advance: (days: number) => world.clock.advance(days),
    passMinutes: (minutes: number) => limits.pass(minutes * 60_000),
    useRequests: (count: number) => limits.countOthers(count),
    post: (through: Day) => hand.post({ through }),
    setUsage: (change: UsageChange) => setUsage(world.security, change, world.clock.now()),
    arm: (input: FaultsInput) => faults.arm(input),
    clearFaults: () => faults.clear(),
    armedFaults: () => faults.armed(),
    switches: () => core.currentSwitches(),
    setSwitches: (changed: Partial<Switches>) => core.changeSwitches(changed),
    calls: () => calls.summary(),
    clearCalls: () => calls.clear(),
    state: () => stateOf(world),
    reset: (seed?: number) => reset(core, parts, seed),
  }
}

function reset(core: ReturnType<typeof createCore>, parts: ControlParts, seed?: number): void {
  const { options, worldOptions, securityCenter } = parts
  const chosen = { ...worldOptions, seed: seed ?? core.world.seed }
  Object.assign(core.world, buildWorld(chosen))
  core.changeSwitches({ ...DEFAULT_SWITCHES, ...options.switches })
  core.faults.clear()
  core.faults.reseed(chosen.seed)
  core.faults.arm(faultsAtStart(options))
  core.calls.clear()
  core.limits.clear()
  securityCenter.change({ ...defaultSettings(), ...options.securityCenter })
  securityCenter.restart()
}
