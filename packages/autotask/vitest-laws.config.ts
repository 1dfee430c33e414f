import { defineConfig } from 'vitest/config'

// A part of `pnpm --filter @trueup/core laws`: the one law for which core needs somebody else's arithmetic.
export default defineConfig({
  test: {
    include: ['test/*-laws.test.ts'],
    testTimeout: 600_000,
    provide: { cases: 10_000 },
  },
})
