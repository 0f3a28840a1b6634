import { describe, expect, test } from 'vitest';
import { START } from '../../support/sights.ts';
import type { OpenScene } from './scene.ts';

/** Which webhooks took effect. */
export function webhooksContract(open: OpenScene): void {
  describe('webhooks', () => {
    test('are seen once remembered, and forgotten by age', async () => {
      const { store } = await open();
      expect(await store.webhooks.seen('msg_1')).toBe(false);
      await store.webhooks.remember('msg_1', START);
      await store.webhooks.remember('msg_1', START + 9);
      await store.webhooks.remember('msg_2', START + 1);
      expect([await store.webhooks.seen('msg_1'), await store.webhooks.seen('msg_2')]).toEqual([true, true]);
      await store.webhooks.forget(START + 1);
      expect([await store.webhooks.seen('msg_1'), await store.webhooks.seen('msg_2')]).toEqual([false, true]);
    });
  });
}
