import { describe, expect, test } from 'vitest';
import { START } from '../../support/sights.ts';
import type { OpenScene } from './scene.ts';

/** What goes on until it is over. */
export function conditionsContract(open: OpenScene): void {
  describe('conditions', () => {
    test('go on since they were first heard of, until they are over', async () => {
      const { store } = await open();
      const { conditions } = store;
      expect(await conditions.since('battery', 'front')).toBeNull();
      expect(await conditions.begin('battery', 'front', START)).toBe(START);
      expect(await conditions.begin('battery', 'front', START + 9)).toBe(START);
      expect(await conditions.begin('battery', 'back', START + 5)).toBe(START + 5);
      expect(await conditions.begin('offline', 'front', START + 6)).toBe(START + 6);
      expect(await conditions.since('battery', 'front')).toBe(START);
      expect(await conditions.end('battery', 'front', START + 9)).toBe(true);
      expect(await conditions.end('battery', 'front', START + 9)).toBe(false);
      expect(await conditions.since('battery', 'front')).toBeNull();
      expect(await conditions.since('battery', 'back')).toBe(START + 5);
      expect(await conditions.since('offline', 'front')).toBe(START + 6);
      expect(await conditions.begin('battery', 'front', START + 10)).toBe(START + 10);
    });

    test('are not ended by what came before them', async () => {
      const { store } = await open();
      await store.conditions.begin('offline', 'front', START);
      expect(await store.conditions.end('offline', 'front', START - 1)).toBe(false);
      expect(await store.conditions.since('offline', 'front')).toBe(START);
    });
  });
}
