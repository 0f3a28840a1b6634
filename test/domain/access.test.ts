import { describe, expect, test } from 'vitest';
import { identityOf, isOfWorkspace, scopeOf, turnedAway } from '../../src/domain/access.ts';
import { slackUserId } from '../../src/domain/ids.ts';
import type { Refusal } from '../../src/domain/outcome.ts';
import type { Standing } from '../../src/domain/person.ts';

const installation = { teamId: 'T0HOME' };
const actor = (teamId: string) => ({ userId: slackUserId('U1'), teamId });

test('people of the installation’s own workspace are of it', () => {
  expect(isOfWorkspace(installation, actor('T0HOME'))).toBe(true);
});

test.each(['T0AWAY', 't0home', 'T0HOME ', ' T0HOME', 'E0HOME', ''])('people of %j are not', (teamId) => {
  expect(isOfWorkspace(installation, actor(teamId))).toBe(false);
});

test('people are named within their own team', () => {
  expect(identityOf(actor('T0HOME'))).toEqual({ scope: 'T0HOME', userId: 'U1' });
  expect(identityOf(actor('T0AWAY'))).toEqual({ scope: 'T0AWAY', userId: 'U1' });
  expect(scopeOf({ teamId: 'T0AWAY' })).toBe('T0AWAY');
});

test('nobody has a name without a team', () => {
  const noTeam = new TypeError('InstallationScope is empty');
  expect(() => scopeOf({ teamId: '' })).toThrow(noTeam);
  expect(() => identityOf(actor(' '))).toThrow(noTeam);
});

describe('by their standing', () => {
  const turned: Record<Standing, { guestsAllowed: Refusal | null; guestsNot: Refusal | null }> = {
    member: { guestsAllowed: null, guestsNot: null },
    guest: { guestsAllowed: null, guestsNot: 'guest' },
    deactivated: { guestsAllowed: 'deactivated', guestsNot: 'deactivated' },
    bot: { guestsAllowed: 'bot', guestsNot: 'bot' },
    stranger: { guestsAllowed: 'other_workspace', guestsNot: 'other_workspace' },
  };
  const standings = Object.keys(turned) as Standing[];

  test.each(standings)('a %s is turned away or not', (standing) => {
    expect({
      guestsAllowed: turnedAway(standing, { allowGuests: true }),
      guestsNot: turnedAway(standing, { allowGuests: false }),
    }).toEqual(turned[standing]);
  });

  test('of a kind that nobody knows are never let in', () => {
    const odd: unknown = 'owner';
    expect(() => turnedAway(odd as never, { allowGuests: true })).toThrow(TypeError);
  });
});
