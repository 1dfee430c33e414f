import { defineConfig } from 'vitest/config'

// The everyday run tries the law on a few hundred cases; `laws` has the full number.
export default defineConfig({
  test: { setupFiles: ['test/same-seed.ts'], provide: { cases: 300 } },
})
