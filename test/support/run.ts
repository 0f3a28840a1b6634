import { randomUUID } from 'node:crypto';
import { onTestFinished, vi } from 'vitest';
import { type Context, createContext } from '../../src/context.ts';
import { installationScope, slackUserId } from '../../src/domain/ids.ts';
import type { Feature } from '../../src/feature.ts';
import { createLog } from '../../src/log.ts';
import { thisProcess } from '../../src/runs.ts';
import type { StoredPerson } from '../../src/store/people.ts';
import { HOME, OLIVIA, type World } from './world.ts';

/** The parts of one more Latchbolt on the house's database, which does only what a test has it do; it goes with the test. */
export async function aRun({ house, time }: World, features: readonly Feature[] = []): Promise<Context> {
  const log = createLog({ level: 'silent' });
  const surroundings = { time, newId: randomUUID, log, place: thisProcess };
  const { context, close } = await createContext(house.config, surroundings, features);
  onTestFinished(async () => {
    await context.tasks.stop(0);
    await close();
  });
  return context;
}

/** Olivia, as a run knows her. */
export function oliviaOf({ store, newId, time }: Context): Promise<StoredPerson> {
  const identity = { scope: installationScope(HOME), userId: slackUserId(OLIVIA) };
  return store.people.ensure(identity, newId, time.now());
}

/** The feature as another process has it: what it remembers is its own, such as whose turn it is. */
export async function codesOfAnotherProcess(): Promise<Feature> {
  vi.resetModules();
  return (await import('../../src/features/codes/index.ts')).codes;
}
