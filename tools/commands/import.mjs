// `npm run import -- FILE`: takes a licence report in, with the server's own environment, whether the server runs or not.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { runProgram } from './running/service.mjs'

// npm goes to the root before it runs anything; a file is named as seen from where the person stands.
const from = process.env.INIT_CWD ?? process.cwd()
process.argv.splice(
  2,
  Infinity,
  ...process.argv
    .slice(2)
    .map((word) => (existsSync(resolve(from, word)) ? resolve(from, word) : word)),
)

await runProgram({ entry: 'apps/api/dist/import.js', tasks: ['build'] })
