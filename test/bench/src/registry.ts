import type { Benchmark } from './benchmark.ts'
import { planBenchmark } from './benchmarks/plan/plan.ts'

/** Every benchmark, in the order in which `npm run bench` runs them. */
export const benchmarks: readonly Benchmark[] = [planBenchmark]
