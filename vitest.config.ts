import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/temporary-home.ts', 'tests/support/built-program.ts', 'tests/support/built-page.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // By itself vitest leaves one core of the machine alone, which is half of a machine of two.
    maxWorkers: '100%',
  },
})
