import ui from '@nuxt/ui/vite'
import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig, loadEnv } from 'vite'

/** Where `vite` sends `/graphql` while developing; the practice server of `test/office` or a running API. */
const apiVariable = 'TRUEUP_API'

export default defineConfig(({ mode }) => ({
  plugins: [
    vue(),
    ui({
      autoImport: false,
      components: false,
      experimental: { componentDetection: true },
      // Icons are bundled from the installed collection: a page of an MSP's back office asks no stranger for anything.
      icon: { clientBundle: { scan: { globInclude: ['src/**/*.{vue,ts}'] }, sizeLimitKb: 128 } },
      ui: {
        colors: { primary: 'indigo', neutral: 'slate' },
        // Fainter, as the library has them, these texts fall below a contrast of 4.5 to 1.
        alert: { slots: { description: 'opacity-100' } },
        button: {
          compoundVariants: [
            {
              color: 'primary',
              variant: 'solid',
              class: 'hover:bg-primary/90 active:bg-primary/90',
            },
          ],
        },
        selectMenu: { slots: { item: 'data-disabled:opacity-100 data-disabled:text-muted' } },
      },
    }),
  ],
  server: {
    proxy: { '/graphql': loadEnv(mode, '.', apiVariable)[apiVariable] ?? 'http://127.0.0.1:4000' },
  },
  // Apollo Client speaks its warnings unless it is told that this is no development build.
  define: mode === 'production' ? { 'globalThis.__DEV__': 'false' } : {},
  build: { target: 'es2022', chunkSizeWarningLimit: 400 },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 20_000,
    // The component library is loaded once for a worker's files, not once for each; pages are closed after every test.
    isolate: false,
    // The bridge to Apollo still calls what client 4 will drop, and development builds say so each time.
    onConsoleLog: (log: string) => !log.includes('go.apollo.dev/c/err'),
    setupFiles: ['test/kit/setup.ts'],
    // Two builds of graphql in one process refuse each other's schemas.
    alias: { graphql: fileURLToPath(import.meta.resolve('graphql/index.js')) },
  },
}))
