import { defineConfig } from 'vitest/config'

// The everyday run tries each law on a few hundred cases. `npm run laws` has the full number.
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scenarios/**/*.test.ts', 'test/**/*.test.ts'],
    isolate: false,
    setupFiles: ['test/support/same-seed.ts'],
    testTimeout: 60_000,
    provide: { cases: 300, histories: 400 },
  },
})
