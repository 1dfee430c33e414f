// `npm run doctor`: looks at the connections of the server's integrations, with the server's own environment.
import { runProgram } from './running/service.mjs'

await runProgram({ entry: 'apps/api/dist/doctor.js', tasks: ['build'] })
