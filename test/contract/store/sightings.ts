import { describe, expect, test } from 'vitest';
import { deviceId } from '../../../src/domain/ids.ts';
import { START } from '../../support/sights.ts';
import type { OpenScene } from './scene.ts';

/** When each door was seen to move. */
export function sightingsContract(open: OpenScene): void {
  describe('sightings', () => {
    const [front, back] = [deviceId('front'), deviceId('back')];

    test('are the newest of each door, in whatever order they arrive', async () => {
      const { store } = await open();
      expect(await store.sightings.of([front, back])).toEqual(new Map());
      await store.sightings.record({ deviceId: front, state: 'unlocked', how: 'keypad', at: START + 5 });
      await store.sightings.record({ deviceId: front, state: 'locked', how: 'asked', at: START });
      await store.sightings.record({ deviceId: back, state: 'locked', how: 'asked', at: START });
      await store.sightings.record({ deviceId: back, state: 'unlocked', how: 'keypad', at: START + 1 });
      expect(await store.sightings.of([front, back, deviceId('other')])).toEqual(
        new Map([
          [front, { deviceId: front, state: 'unlocked', how: 'keypad', at: START + 5 }],
          [back, { deviceId: back, state: 'unlocked', how: 'keypad', at: START + 1 }],
        ]),
      );
      expect([...(await store.sightings.of([back])).keys()]).toEqual([back]);
    });

    test('of no doors are none', async () => {
      const { store } = await open();
      await store.sightings.record({ deviceId: front, state: 'locked', how: 'asked', at: START });
      expect(await store.sightings.of([])).toEqual(new Map());
    });
  });
}
