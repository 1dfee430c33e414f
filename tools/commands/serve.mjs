// `npm run serve`: the production start. No practice world; all configuration comes from the environment.
import { runProgram } from './running/service.mjs'

await runProgram({
  entry: 'apps/api/dist/main.js',
  tasks: ['build'],
  serves: true,
  env: { ...process.env, NODE_ENV: 'production' },
})
