import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildSchema, printTrueupSchema } from './schema.ts'

// Run from dist/: the schema stands beside it, in the package's folder.
const file = fileURLToPath(new URL('../schema.graphql', import.meta.url))
writeFileSync(file, printTrueupSchema(buildSchema()))
