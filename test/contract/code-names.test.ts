import { expect, onTestFinished, test } from 'vitest';
import { accessCodeId } from '../../src/domain/ids.ts';
import { keyOf, NOTHING, openSeamHouse } from './seam-house.ts';

test('codes are called as on the lock, in one call, without their PINs and without those of others', async () => {
  const house = await openSeamHouse();
  onTestFinished(() => house.close());
  await house.connect(keyOf('codes-key'), 'codes@example.com');
  const porch = await house.doorId('Porch');
  const make = async (name: string, code: string) => {
    const { access_code_id } = await house.sdk.accessCodes.create({ device_id: porch, name, code });
    return accessCodeId(access_code_id);
  };
  const [cleaner] = [await make('Cleaner', '2468'), await make('Gardener', '1357')];
  const { answer, calls } = await house.asked(() => house.port.codeNames([cleaner, accessCodeId(NOTHING)]));
  expect([...answer]).toEqual([[cleaner, 'Cleaner']]);
  expect(calls).toEqual([
    { path: '/access_codes/list', body: { access_code_ids: expect.arrayContaining([cleaner, NOTHING]) } },
  ]);
  // Without ids the filter would be empty, and everybody's codes be listed.
  const none = await house.asked(() => house.port.codeNames([]));
  expect([...none.answer, ...none.calls]).toEqual([]);
});
