import { expect, test } from 'vitest';
import { codeEvents, shed } from './house.ts';
import { connect, DAY, doorId, refused, START } from './support.ts';

const at = (ms: number) => new Date(START + ms).toISOString();

test('a person lists the codes of their own doors only', async () => {
  const opened = await shed();
  const { seam, device_id } = opened;
  await connect(opened, 'gwen', 'gwen@example.com');
  const house = await doorId(opened, 'Guest House');
  const mine = await seam.accessCodes.create({ device_id, name: 'Mine' });
  const hers = await seam.accessCodes.create({ device_id: house, name: 'Hers' });
  const names = async (filter: Parameters<typeof seam.accessCodes.list>[0]) =>
    (await seam.accessCodes.list(filter)).map((code) => code.name);
  expect(await names({ user_identifier_key: 'ben' })).toEqual(['Mine']);
  const ids = [mine.access_code_id, hers.access_code_id];
  expect(await names({ user_identifier_key: 'ben', access_code_ids: ids })).toEqual(['Mine']);
  expect(await names({ access_code_ids: ids })).toEqual(['Mine', 'Hers']);
  expect(await names({ search: 'her' })).toEqual(['Hers']);
});

test('what no lock can take is refused at once', async () => {
  const opened = await shed();
  const { seam, device_id } = opened;
  const why = async (wishes: object) => {
    const error = await refused(seam.accessCodes.create({ device_id, ...wishes }));
    return error;
  };
  expect(await why({ code: '12a4' })).toMatchObject({ validationErrors: [{ parameterName: 'code' }] });
  expect(await why({ code: '123456789' })).toMatchObject({ validationErrors: [{ parameterName: 'code' }] });
  expect(await why({ ends_at: at(-DAY) })).toMatchObject({ message: 'ends_at must be in the future' });
  expect(await why({ starts_at: at(2 * DAY), ends_at: at(DAY) })).toMatchObject({
    message: 'ends_at must be after starts_at',
  });
  expect(await why({ starts_at: 'tomorrow' })).toMatchObject({
    validationErrors: [{ parameterName: 'starts_at', errorMessages: ['Invalid date'] }],
  });
  await connect(opened, 'olivia', 'olivia@example.com');
  const thermostat = await doorId(opened, 'Hall Thermostat');
  expect(await refused(seam.accessCodes.create({ device_id: thermostat }))).toMatchObject({
    code: 'device_not_supported',
  });
  for (let i = 0; i < 10; i += 1) await seam.accessCodes.create({ device_id });
  expect(await why({})).toMatchObject({ code: 'rate_limit_exceeded', statusCode: 429 });
});

test('an account that is deleted takes its codes out of Seam, not out of the lock', async () => {
  const opened = await shed();
  const { seam, drive, device_id } = opened;
  const { access_code_id } = await seam.accessCodes.create({ device_id, code: '1234' });
  await drive.clock({ advanceMs: 800 });
  const [account] = await seam.connectedAccounts.list();
  await drive.account({ email: 'ben@example.com', signedIn: false });
  expect(await seam.accessCodes.get({ access_code_id })).toMatchObject({ status: 'unknown' });
  await seam.connectedAccounts.delete({ connected_account_id: account?.connected_account_id ?? '' });
  expect(await refused(seam.accessCodes.get({ access_code_id }))).toMatchObject({ statusCode: 404 });
  expect(await codeEvents(opened, access_code_id)).toEqual(['access_code.deleted']);
});
