import { describe, expect, test } from 'vitest';
import { executionId, interactionId, moveId, timerId } from '../../../src/domain/ids.ts';
import { aRequest, START } from '../../support/sights.ts';
import type { OpenScene } from './scene.ts';

/** What a step of a workflow leans on. */
export function stepsContract(open: OpenScene): void {
  describe('a step of a workflow', () => {
    test('finds the move that it waits for', async () => {
      const { store } = await open();
      const execution = executionId('Fx1');
      expect(await store.moves.ofExecution(execution)).toBeNull();
      await store.moves.begin(aRequest());
      await store.moves.begin(
        aRequest({ id: moveId('two'), interaction: interactionId('two'), executionId: execution }),
      );
      expect(await store.moves.ofExecution(execution)).toMatchObject({
        id: 'two',
        state: 'joined',
        executionId: 'Fx1',
      });
    });

    test('puts off its timer unless somebody does it already', async () => {
      const { store, another } = await open();
      const id = timerId('Fx1');
      expect(await store.timers.postpone(id, START + 5)).toBe(false);
      await store.timers.set({ id, kind: 'workflow:left', subject: 'Fx1 U1', dueAt: START });
      expect(await store.timers.postpone(id, START + 5)).toBe(true);
      expect(await store.timers.take(START + 4)).toEqual([]);
      expect(await (await another('run-2')).timers.take(START + 5)).toMatchObject([{ id, dueAt: START + 5 }]);
      expect(await store.timers.postpone(id, START + 9)).toBe(false);
    });
  });
}
