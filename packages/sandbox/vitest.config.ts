import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Sockets and processes on a machine that does other work besides: a slow test is not a wrong one.
    testTimeout: 30_000,
  },
})
