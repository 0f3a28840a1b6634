import { expect, test } from 'vitest';
import type { Account } from '../../src/domain/door.ts';
import { connectedAccountId, deviceId } from '../../src/domain/ids.ts';
import { favouritesFirst, sharesName, tellApart } from '../../src/domain/told-apart.ts';
import { typedName } from '../../src/domain/typed-name.ts';
import { aDoor } from '../support/sights.ts';

const account = (id: string, name: string): Account => ({ id: connectedAccountId(id), name, healthy: true });
const front = aDoor();
const other = aDoor({
  id: deviceId('door-2'),
  accountId: connectedAccountId('account-2'),
  name: 'FRONT door',
});
const garage = aDoor({ id: deviceId('door-3'), name: 'Garage' });

test('doors of one name have their account beside it, and no others', () => {
  expect(sharesName([front, garage])).toBe(false);
  expect(sharesName([front, garage, other])).toBe(true);
  const accounts = [
    account('account-1', 'August, o@example.com'),
    account('account-2', 'Yale, o@example.com'),
  ];
  expect(tellApart([front, garage, other], accounts).map(({ name }) => name)).toEqual([
    'Front Door (August, o@example.com)',
    'Garage',
    'FRONT door (Yale, o@example.com)',
  ]);
  expect(tellApart([front, other], []).map(({ name }) => name)).toEqual(['Front Door', 'FRONT door']);
});

test('favourites come first in their own order', () => {
  const ids = [garage.id, deviceId('gone'), other.id];
  expect(favouritesFirst([front, other, garage], ids)).toEqual([garage, other, front]);
  expect(favouritesFirst([front, other], [])).toEqual([front, other]);
});

test.each([
  ['front door', 'front door'],
  [' “Front Door” ', 'Front Door'],
  ["'t Huis", "'t Huis"],
  ['"front" door', '"front" door'],
  ['"front door', '"front door'],
  ['""', ''],
  ['', ''],
])('%j is the name %j', (rest, name) => {
  expect(typedName(rest)).toBe(name);
});
