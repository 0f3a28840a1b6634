import { defineConfig } from 'vitest/config';

/** `npm run test:trouble`: Seam, Slack, the database and the clock on their bad days; it takes minutes. */
export default defineConfig({
  test: {
    include: ['test/trouble/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    maxWorkers: 6,
  },
});
