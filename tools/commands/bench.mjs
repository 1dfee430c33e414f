// `npm run bench -- [name]`: the benchmarks.
import { runProgram } from './running/service.mjs'

await runProgram({ entry: 'test/bench/src/cli.ts' })
