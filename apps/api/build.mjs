// Bundles the api: decorators have to be compiled, and @trueup's packages are TypeScript sources. Everything from the
// registry stays outside, in node_modules.
import { rmSync } from 'node:fs'
import { build } from 'esbuild'

// Chunks carry hashes in their names: old ones would pile up.
rmSync('dist', { recursive: true, force: true })
await build({
  entryPoints: { main: 'src/main.ts', 'emit-schema': 'src/emit-schema.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  sourcemap: true,
  keepNames: true,
  logLevel: 'warning',
  plugins: [
    {
      name: 'external-packages',
      setup(bundle) {
        bundle.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
          kind === 'entry-point' || path.startsWith('@trueup/') ? null : { path, external: true },
        )
      },
    },
  ],
})
