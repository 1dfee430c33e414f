// The process that measureApart starts: plans for one size and prints what it measured.
import { reconcile } from '@trueup/core'
import { alternate } from '../../alternate.ts'
import { buildPlanInput, type PlanSize } from './plan-input.ts'

const size = JSON.parse(process.argv[2] ?? '') as PlanSize
const lines = size.accounts * size.linesPerAccount
const input = buildPlanInput(size)
// Small sizes are repeated until the compiler has seen as many lines as with large ones.
const rounds = Math.min(200, Math.max(5, Math.ceil(1_000_000 / lines)))
const { plan } = await alternate(
  { plan: () => reconcile(input) },
  { rounds, warmUpRounds: Math.ceil(rounds / 2) },
)
const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1_024)
console.log(JSON.stringify({ ...plan, peakMegabytes }))
