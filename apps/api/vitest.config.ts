import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Without it vite takes graphql's `module` build beside the one that Node takes: two copies, "another realm".
  resolve: {
    alias: { graphql: fileURLToPath(import.meta.resolve('graphql/index.js')) },
  },
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: false } },
  test: {
    // No test changes a module's state, and loading everything anew for each file takes longer than the tests.
    isolate: false,
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/kit/start-postgresql.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
