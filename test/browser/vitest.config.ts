import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const support = (file: string) => join(import.meta.dirname, 'support', file);

/** `npm run test:browser`: the demo's page in a real browser, with the real bot behind it. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: [support('browser.ts')],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    setupFiles: [support('each-file.ts')],
    // The bot's libraries are read once by each worker, not once by each file.
    isolate: false,
    maxWorkers: 3,
    expect: { poll: { timeout: 10_000, interval: 25 } },
  },
});
