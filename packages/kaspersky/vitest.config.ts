import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // No test changes what another one sees, so modules need not be loaded again for each file.
    isolate: false,
    setupFiles: ['test/same-seed.ts'],
    // Some tests read hundreds of files or a practice server dozens of times, on a machine that may be busy.
    testTimeout: 60_000,
  },
})
