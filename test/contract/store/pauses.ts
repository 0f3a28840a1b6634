import { describe, expect, test } from 'vitest';
import { START, someone } from '../../support/sights.ts';
import type { OpenScene } from './scene.ts';

/** A person's own stop. */
export function pausesContract(open: OpenScene): void {
  describe('pauses', () => {
    const opened = async () => {
      const scene = await open();
      await scene.store.people.ensure(someone(), () => 'key-1', START);
      await scene.store.people.ensure(someone('U2'), () => 'key-2', START);
      return scene;
    };

    test('hold from the first one on, for one person, and are written down once', async () => {
      const { db, store } = await opened();
      expect(await store.pauses.since(someone())).toBeNull();
      expect(await store.pauses.begin(someone(), 'one', START + 1)).toBe(START + 1);
      expect(await store.pauses.begin(someone(), 'two', START + 2)).toBe(START + 1);
      expect(await store.pauses.since(someone())).toBe(START + 1);
      expect(await store.people.ensure(someone(), () => 'x', START)).toMatchObject({ pausedAt: START + 1 });
      expect(await store.pauses.since(someone('U2'))).toBeNull();
      const { scope, userId } = someone();
      expect(await db.selectFrom('pause').selectAll().execute()).toEqual([
        { id: 'one', scope, slack_user_id: userId, what: 'paused', at: START + 1 },
      ]);
    });

    test('end by their own beginning only, once', async () => {
      const { db, store } = await opened();
      await store.pauses.begin(someone(), 'one', START + 1);
      expect(await store.pauses.end(someone(), START, 'two', START + 2)).toBe(false);
      expect(await store.pauses.end(someone('U2'), START + 1, 'three', START + 2)).toBe(false);
      expect(await store.pauses.end(someone(), START + 1, 'four', START + 3)).toBe(true);
      expect(await store.pauses.end(someone(), START + 1, 'five', START + 4)).toBe(false);
      expect(await store.pauses.since(someone())).toBeNull();
      const rows = await db.selectFrom('pause').select(['id', 'what', 'at']).orderBy('at').execute();
      expect(rows).toEqual([
        { id: 'one', what: 'paused', at: START + 1 },
        { id: 'four', what: 'resumed', at: START + 3 },
      ]);
    });
  });
}
