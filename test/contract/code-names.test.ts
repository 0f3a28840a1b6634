import { expect, onTestFinished, test } from 'vitest';
import { accessCodeId, deviceId } from '../../src/domain/ids.ts';
import { keyOf, NOTHING, openSeamHouse } from './seam-house.ts';

test('codes are called as on their locks, in few calls, without their PINs and without those of others', async () => {
  const house = await openSeamHouse();
  onTestFinished(() => house.close());
  await house.connect(keyOf('codes-key'), 'codes@example.com');
  const porch = await house.doorId('Porch');
  const make = async (name: string, code: string) => {
    const { access_code_id } = await house.sdk.accessCodes.create({ device_id: porch, name, code });
    return accessCodeId(access_code_id);
  };
  const [cleaner] = [await make('Cleaner', '2468'), await make('Gardener', '1357')];
  const [at, gone] = [
    { deviceId: porch, codeId: cleaner },
    { deviceId: porch, codeId: accessCodeId(NOTHING) },
  ];
  const known = await house.asked(() => house.port.codeNames([at, at]));
  expect([...known.answer]).toEqual([[cleaner, 'Cleaner']]);
  expect(known.calls).toEqual([{ path: '/access_codes/list', body: { access_code_ids: cleaner } }]);
  // What Seam did not put there may be of the lock's own app: its doors are asked, each once.
  await house.drive.code({ deviceId: porch, code: '8642', name: 'Neighbour' });
  const [others] = await house.sdk.accessCodes.unmanaged.list({ device_id: porch });
  const neighbour = { deviceId: porch, codeId: accessCodeId(others?.access_code_id ?? '') };
  const all = await house.asked(() => house.port.codeNames([at, gone, neighbour]));
  expect([...all.answer]).toEqual([
    [cleaner, 'Cleaner'],
    [neighbour.codeId, 'Neighbour'],
  ]);
  expect(all.calls).toEqual([
    { path: '/access_codes/list', body: { access_code_ids: [cleaner, NOTHING, neighbour.codeId] } },
    { path: '/access_codes/unmanaged/list', body: { device_id: porch } },
  ]);
  // On another door than it was typed at it is another code.
  const lobby = await house.doorId('Lobby');
  expect([
    ...(await house.port.codeNames([
      { ...at, deviceId: lobby },
      { ...neighbour, deviceId: lobby },
    ])),
  ]).toEqual([]);
  // Of a lock that is not there any more nothing is known.
  const nowhere = { ...gone, deviceId: deviceId(NOTHING) };
  expect([...(await house.port.codeNames([nowhere, at]))]).toEqual([[cleaner, 'Cleaner']]);
  // Without ids the filter would be empty, and everybody's codes be listed.
  const none = await house.asked(() => house.port.codeNames([]));
  expect([...none.answer, ...none.calls]).toEqual([]);
});
