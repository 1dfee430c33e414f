import type { FaultsInput } from './faults.ts'

/**
 * `--faults storm`: everything that passes by itself, at rates that a careful client survives. Lost permissions are not
 * among them: no client can tell them from an empty answer while they come and go at random.
 */
export const STORM: FaultsInput = {
  applyThenDrop: { rate: 0.08 },
  applyThen500: { rate: 0.08 },
  '429': { rate: 0.05 },
  latencyMs: { rate: 0.1, ms: 40 },
  cutPage: { rate: 0.04 },
  htmlError: { rate: 0.03 },
  zoneMove: { rate: 0.005, count: 20 },
  pxgError: { rate: 0.01 },
  dropConnection: { rate: 0.01 },
  gatewayError: { rate: 0.01 },
}
