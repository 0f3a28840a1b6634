import { z } from 'zod';
import { limit, pageCursor, text, uuid } from '../input.ts';
import { showUnmanaged } from '../show/code.ts';
import type { World } from '../world.ts';
import { findDoor, isOwnedBy } from './devices.ts';
import { includesText } from './matching.ts';
import { page } from './paging.ts';
import { type Routes, route } from './route.ts';

const LIST = z.object({
  device_id: uuid,
  user_identifier_key: text.optional(),
  search: text.optional(),
  limit: limit.default(300_000),
  page_cursor: pageCursor.default(null),
});

/** `/access_codes/unmanaged/list`: the PINs that Seam sees on a lock and did not put there. */
export function unmanagedCodeRoutes(world: World): Routes {
  return {
    '/access_codes/unmanaged/list': route('GET', LIST, (input, raw) => {
      const { device_id, user_identifier_key: key, search } = input;
      const door = findDoor(world, { device_id });
      const isListed = key === undefined || isOwnedBy(world, key)(door);
      const codes = [...(isListed ? door.unmanaged : [])]
        .filter(([pin, id]) => includesText([id, pin.name, pin.code], search))
        .map(([pin, id]) => ({ seq: pin.seq, shown: showUnmanaged(world, door, pin, id) }));
      const path = '/access_codes/unmanaged/list';
      const cut = page(codes, { world, path, raw, limit: input.limit, cursor: input.page_cursor });
      return { access_codes: cut.shown.map(({ shown }) => shown), pagination: cut.pagination };
    }),
  };
}
