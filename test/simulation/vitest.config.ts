import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Months of life over real sockets, on a machine that does other work besides.
    testTimeout: 60_000,
  },
})
