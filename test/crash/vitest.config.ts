import { defineConfig } from 'vitest/config';

/** `npm run test:crash`: the bot in a process of its own, killed and stopped. */
export default defineConfig({
  test: { include: ['test/crash/**/*.test.ts'], testTimeout: 30_000, hookTimeout: 30_000 },
});
