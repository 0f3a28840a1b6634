import type { TestProject } from 'vitest/node';
import { serveChromium } from './chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the browser listens. */
    browserUrl: string;
  }
}

/** One browser for all tests; each has windows of its own in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await serveChromium();
  project.provide('browserUrl', server.wsEndpoint());
  return () => server.close();
}
