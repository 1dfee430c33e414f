import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Sockets and processes on a machine that does other work besides: a slow test is not a wrong one.
    testTimeout: 30_000,
    // Each test makes a sandbox of its own and ends it, and no module keeps state between sandboxes. Loading TLS, schemas
    // and the report's libraries anew for each of the files took as long as the tests themselves.
    isolate: false,
  },
})
