// Compiles the api's own sources, because Node strips types but not decorators. Everything else stays outside: packages of
// the registry in node_modules, ours as the TypeScript sources they are, which Node 24 runs directly.
import { rmSync } from 'node:fs'
import { build } from 'esbuild'

// Chunks carry hashes in their names: old ones would pile up.
rmSync('dist', { recursive: true, force: true })
await build({
  entryPoints: {
    main: 'src/main.ts',
    doctor: 'src/doctor.ts',
    import: 'src/import.ts',
    'emit-schema': 'src/emit-schema.ts',
  },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node24',
  sourcemap: true,
  keepNames: true,
  logLevel: 'warning',
})
