import { createSandbox, type Sandbox } from '@trueup/sandbox'

/** A provider of some size in a sandbox, and what its lines should carry. */
export interface Provider {
  readonly sandbox: Sandbox
  readonly lines: readonly WantedLine[]
}

/** A line with the units it carries and the units it should carry. */
export interface WantedLine {
  readonly account: number
  readonly contract: number
  readonly service: number
  readonly line: number
  readonly billed: number
  readonly wanted: number
}

/** The virtual day on which all runs of the benchmark take place. */
export const runDay = '2026-03-17'

/** How large a provider is. */
export interface ProviderSize {
  readonly lines: number
  readonly linesPerContract: number
  /** Share of lines that are to change, 0 to 1; spread evenly. */
  readonly changed: number
}

const billed = 10

/** Starts a sandbox with monthly contracts of equal lines over two years. Answers come without added delay. */
export async function startProvider({
  lines,
  linesPerContract,
  changed,
}: ProviderSize): Promise<Provider> {
  const sandbox = await createSandbox({
    day: runDay,
    empty: true,
    uniform: {
      accounts: lines / linesPerContract,
      lines: linesPerContract,
      periods: 24,
      units: billed,
    },
    switches: { serviceTimeMs: 0 },
  })
  const state = sandbox.state()
  const accountOf = new Map(state.contracts.map(({ id, companyID }) => [id, companyID]))
  const changes = Math.round(lines * changed)
  const step = changes === 0 ? Infinity : Math.floor(lines / changes)
  const wanted = state.lines.map(({ id, contractID, serviceID }, index) => ({
    account: accountOf.get(contractID) ?? 0,
    contract: contractID,
    service: serviceID,
    line: id,
    billed,
    wanted: index % step === 0 && index / step < changes ? billed + 1 : billed,
  }))
  return { sandbox, lines: wanted }
}
