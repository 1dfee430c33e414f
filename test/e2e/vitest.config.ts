import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // A server, a browser and a practice world each: one file at a time.
    fileParallelism: false,
  },
})
