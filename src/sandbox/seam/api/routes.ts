import { z } from 'zod';
import type { Limits } from '../limits.ts';
import { showWorkspace } from '../show/records.ts';
import type { World } from '../world.ts';
import { accountRoutes } from './accounts.ts';
import { attemptRoutes } from './attempts.ts';
import { codeRoutes } from './codes.ts';
import { deviceRoutes } from './devices.ts';
import { eventRoutes } from './events.ts';
import { lockRoutes } from './locks.ts';
import { type Routes, route } from './route.ts';
import { sessionRoutes } from './sessions.ts';
import { unmanagedCodeRoutes } from './unmanaged-codes.ts';
import { webviewRoutes } from './webviews.ts';

/** All that is played of Seam's API. */
export function allRoutes(world: World, limits: Limits): Routes {
  return {
    '/workspaces/get': route('GET', z.object({}), () => ({ workspace: showWorkspace(world) })),
    ...sessionRoutes(world),
    ...webviewRoutes(world),
    ...accountRoutes(world),
    ...deviceRoutes(world),
    ...lockRoutes(world, limits),
    ...attemptRoutes(world),
    ...eventRoutes(world),
    ...codeRoutes(world, limits),
    ...unmanagedCodeRoutes(world),
  };
}
