// `npm run simulate -- --seeds N [--seed S]`: the whole-system simulation with its flags passed on.
import { runProgram } from './running/service.mjs'

await runProgram({ entry: 'test/simulation/src/cli.ts' })
