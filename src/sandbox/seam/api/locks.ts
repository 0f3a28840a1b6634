import { z } from 'zod';
import { flag, uuid } from '../input.ts';
import type { Limits } from '../limits.ts';
import { startMoving } from '../moving.ts';
import { showAttempt } from '../show/records.ts';
import type { World } from '../world.ts';
import { findDoor } from './devices.ts';
import { type Routes, route } from './route.ts';

const MOVE = z.object({ device_id: uuid, sync: flag.optional() });

/** `/locks/unlock_door` and `/locks/lock_door`: like Seam, they ask nobody whose door it is. */
export function lockRoutes(world: World, limits: Limits): Routes {
  const moving = (action: 'unlock_door' | 'lock_door') =>
    route('POST', MOVE, ({ device_id }) => {
      const door = findDoor(world, { device_id });
      limits.count(action, device_id);
      return { action_attempt: showAttempt(startMoving(world, door, action === 'lock_door')) };
    });
  return { '/locks/unlock_door': moving('unlock_door'), '/locks/lock_door': moving('lock_door') };
}
