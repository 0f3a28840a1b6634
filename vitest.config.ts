import { defineConfig } from 'vitest/config';

/** `npm test`: everything that needs neither a browser nor minutes. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/crash/**', 'test/trouble/**', 'node_modules/**'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Most tests wait, for a lock or a moment: more of them than processors run side by side.
    maxWorkers: 6,
  },
});
