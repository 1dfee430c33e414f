// `npm run sandbox -- [flags]`: only the practice world. The first line on stdout is its JSON.
import { runProgram } from './running/service.mjs'

await runProgram({ entry: 'packages/sandbox/src/cli.ts', serves: true })
