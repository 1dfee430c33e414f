import { defineConfig } from 'vitest/config'

// Laws on 10,000 cases each and the model check on 100,000 histories: `pnpm --filter @trueup/core laws`.
export default defineConfig({
  test: {
    include: ['test/*-laws.test.ts', 'test/model.test.ts'],
    maxWorkers: 2,
    testTimeout: 600_000,
    provide: { cases: 10_000, histories: 100_000 },
  },
})
