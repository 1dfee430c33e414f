import { defineConfig } from 'vitest/config'

// Every package is a project of its own, with its own vitest.config.ts where it needs one. A package that is added
// below these folders is tested without being named here.
export default defineConfig({
  test: {
    projects: ['apps/*', 'packages/*', 'test/*', 'tools/*'],
    maxWorkers: 2,
  },
})
