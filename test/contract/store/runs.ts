import { describe, expect, test } from 'vitest';
import { deviceId, interactionId, moveId, runId } from '../../../src/domain/ids.ts';
import type { Run } from '../../../src/store/runs.ts';
import { aRequest, START } from '../../support/sights.ts';
import { byId, type OpenScene, RUN } from './scene.ts';

/** Who works on this database. */
export function runsContract(open: OpenScene): void {
  describe('runs', () => {
    const aRun = (facts: Partial<Run> = {}): Run => ({
      id: RUN,
      host: 'here',
      pid: 71,
      seenAt: START,
      ...facts,
    });
    test('are there once they say so, each once, and as they said last', async () => {
      const { another, store } = await open();
      expect(await store.runs.all()).toEqual([]);
      await store.runs.seen(aRun());
      await store.runs.seen(aRun({ id: runId('run-2'), host: 'there' }));
      await store.runs.seen(aRun({ seenAt: START + 2_000 }));
      const both = [aRun({ seenAt: START + 2_000 }), aRun({ id: runId('run-2'), host: 'there' })];
      expect(byId(await store.runs.all())).toEqual(both);
      expect(byId(await (await another('run-2')).runs.all())).toEqual(both);
    });

    test('may leave by saying that they were seen long ago', async () => {
      const { store } = await open();
      await store.runs.seen(aRun());
      await store.runs.seen(aRun({ seenAt: 0 }));
      expect(await store.runs.all()).toEqual([aRun({ seenAt: 0 })]);
    });

    test('are named for as long as something of theirs is open, also when they were forgotten', async () => {
      const { another, store } = await open();
      const other = await another('run-2');
      expect(await store.runs.withWork()).toEqual([]);
      await store.runs.seen(aRun({ id: runId('run-3') }));
      const request = aRequest();
      await store.moves.begin(request);
      const second = aRequest({
        id: moveId('second'),
        interaction: interactionId('second'),
        deviceId: deviceId('d2'),
      });
      await other.moves.begin(second);
      expect((await store.runs.withWork()).toSorted()).toEqual(['run-1', 'run-2']);
      await other.moves.end(second.id, { kind: 'unlocked' }, START);
      await other.moves.told(second.id, START, true);
      expect(await store.runs.withWork()).toEqual(['run-1']);
    });

    test('are forgotten by their ids, and come back when they say that they live', async () => {
      const { store } = await open();
      const runs = ['run-1', 'run-2', 'run-3'].map((id) => aRun({ id: runId(id) }));
      for (const run of runs) await store.runs.seen(run);
      await store.runs.forget([]);
      await store.runs.forget([runId('nobody')]);
      expect(byId(await store.runs.all())).toEqual(runs);
      await store.runs.forget([runId('run-1'), runId('run-3')]);
      expect(await store.runs.all()).toEqual(runs.slice(1, 2));
      await store.runs.seen(aRun());
      expect(byId(await store.runs.all())).toEqual(runs.slice(0, 2));
    });
  });
}
