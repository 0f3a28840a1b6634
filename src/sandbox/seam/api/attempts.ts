import { z } from 'zod';
import { notFound } from '../http.ts';
import { limit, list, pageCursor, uuid } from '../input.ts';
import { showAttempt } from '../show/records.ts';
import type { World } from '../world.ts';
import { isAmong, isThat } from './matching.ts';
import { page } from './paging.ts';
import { type Routes, route } from './route.ts';

/** `/action_attempts/*`. */
export function attemptRoutes(world: World): Routes {
  return {
    '/action_attempts/get': route('GET', z.object({ action_attempt_id: uuid }), ({ action_attempt_id }) => {
      const attempt = world.attempts.get(action_attempt_id);
      if (!attempt) throw notFound('action_attempt', action_attempt_id);
      return { action_attempt: showAttempt(attempt) };
    }),
    '/action_attempts/list': route('GET', LIST, (input, raw) => {
      const { action_attempt_ids: ids, device_id: deviceId } = input;
      const wanted = [...world.attempts.values()].filter(
        (attempt) => isAmong(attempt.id, ids) && isThat(attempt.deviceId, deviceId),
      );
      const { shown, pagination } = page(wanted, {
        world,
        path: '/action_attempts/list',
        raw,
        limit: input.limit,
        cursor: input.page_cursor,
      });
      return { action_attempts: shown.map(showAttempt), pagination };
    }),
  };
}

const LIST = z.object({
  action_attempt_ids: list(uuid).optional(),
  device_id: uuid.optional(),
  limit: limit.default(500),
  page_cursor: pageCursor.default(null),
});
