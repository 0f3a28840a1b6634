import { defineConfig } from 'vitest/config';

/** `npm test`: everything that needs neither a browser nor minutes. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/crash/**', 'test/trouble/**', 'node_modules/**'],
    // None takes so long but on a machine that is busy with other things.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Most tests wait, for a lock or a moment: more of them than processors run side by side.
    maxWorkers: 6,
  },
});
