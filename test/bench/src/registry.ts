import type { Benchmark } from './benchmark.ts'
import { autotaskCallsBenchmark } from './benchmarks/autotask-calls/autotask-calls.ts'
import { evidenceBenchmark } from './benchmarks/evidence/evidence.ts'
import { planBenchmark } from './benchmarks/plan/plan.ts'
import { sandboxBenchmark } from './benchmarks/sandbox/sandbox.ts'
import { usageBenchmark } from './benchmarks/usage/usage.ts'

/** Every benchmark, in the order in which `npm run bench` runs them. */
export const benchmarks: readonly Benchmark[] = [
  planBenchmark,
  autotaskCallsBenchmark,
  sandboxBenchmark,
  usageBenchmark,
  evidenceBenchmark,
]
