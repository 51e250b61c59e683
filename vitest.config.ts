import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/bench/**', 'node_modules/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What was tapped goes out within a frame on a quiet machine; CI shares its two cores.
    expect: { poll: { timeout: 5_000 } },
    // A failure says what was found, not how much of it.
    chaiConfig: { truncateThreshold: 1_000 },
    pool: 'forks',
  },
})
