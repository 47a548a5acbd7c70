import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/temporary-home.ts', 'tests/support/built-program.ts', 'tests/support/built-page.ts'],
    // A machine that others use too takes its time; nothing here takes 20 s of CPU.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // By itself vitest leaves one core of the machine alone, which is half of a machine of two.
    maxWorkers: '100%',
  },
})
