/** Codes, where several Latchbolts work on one database: the turns of one are not those of another. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '../../src/context.ts';
import { accessCodeId, deviceId, interactionId, timerId } from '../../src/domain/ids.ts';
import type { Feature } from '../../src/feature.ts';
import { codes } from '../../src/features/codes/index.ts';
import { makeCode } from '../../src/features/codes/make.ts';
import { withCodes } from '../support/codes.ts';
import { aRun, codesOfAnotherProcess, oliviaOf } from '../support/run.ts';
import { inTrouble } from '../support/trouble.ts';
import { eventually, OLIVIA, startWorld, type World } from '../support/world.ts';

let world: World;
const { makePin, enter, goBy, standings, creations, deletions, askSeam } = withCodes(() => world);
const { inDatabase, said } = inTrouble(() => world);
beforeEach(async () => {
  world = await startWorld({ webhooks: false });
  await world.connect(OLIVIA, 'codes@example.com');
});
afterEach(() => world.close());

/** Does what is due, as a run does it. */
async function ring(run: Context, feature: Feature) {
  for (const timer of await run.store.timers.take(world.time.now())) {
    await feature.timers?.look?.(run, timer);
    await run.store.timers.done(timer.id);
  }
}

it('what Seam tells twice is told once, though one run looks while another is telling it', async () => {
  await makePin('porch for 2h for Anna');
  await world.house.bot.close();
  inDatabase('update code set told = null, told_at = null; delete from timer');
  const before = (await said()).length;
  const [first, second, elsewhere] = [await aRun(world), await aRun(world), await codesOfAnotherProcess()];
  const subject = String(world.rows('code')[0]?.id);
  const look = (id: string) =>
    second.store.timers.set({ id: timerId(id), kind: 'codes:look', subject, dueAt: world.time.now() });
  const slow: Context = {
    ...first,
    messenger: {
      ...first.messenger,
      async post(...message) {
        await look('look-2');
        await ring(second, elsewhere);
        return first.messenger.post(...message);
      },
    },
  };
  await look('look-1');
  await ring(slow, codes);
  await ring(second, elsewhere);
  const told = (await said()).slice(before);
  expect(told).toEqual([expect.stringMatching(/^Porch, for Anna: The PIN works\./)]);
  expect(world.rows('timer').map(({ id }) => id)).not.toContain('look-2');
});

it('what Seam tells while a run looks is looked at after it', async () => {
  await makePin('porch for 2h for Anna');
  await world.house.bot.close();
  inDatabase('delete from timer');
  const [first, second, elsewhere] = [await aRun(world), await aRun(world), await codesOfAnotherProcess()];
  const { id: subject, access_code_id, device_id } = world.rows('code')[0] ?? {};
  const looking: Context = {
    ...first,
    seam: {
      ...first.seam,
      async code(id) {
        const found = await first.seam.code(id);
        await elsewhere.onEvent?.(second, {
          kind: 'code_changed',
          codeId: accessCodeId(String(access_code_id)),
          deviceId: deviceId(String(device_id)),
        });
        return found;
      },
    },
  };
  const dueAt = world.time.now();
  await first.store.timers.set({
    id: timerId('look-1'),
    kind: 'codes:look',
    subject: String(subject),
    dueAt,
  });
  await ring(looking, codes);
  const due = await second.store.timers.take(world.time.now());
  expect(due).toEqual([expect.objectContaining({ kind: 'codes:look', subject })]);
});

describe('somebody leaves while another run makes their code', () => {
  /** Makes a code in a run whose Seam is as given; `revoke` does in another run what is done with codes of who has left. */
  async function make(seamOf: (run: Context, revoke: () => Promise<void>) => Partial<Context['seam']>) {
    await world.house.bot.close();
    const [first, second, elsewhere] = [await aRun(world), await aRun(world), await codesOfAnotherProcess()];
    const revoke = async () => {
      const timer = { id: timerId('end-1'), kind: 'codes:end', dueAt: world.time.now() };
      await elsewhere.timers?.end?.(second, { ...timer, subject: String(world.rows('code')[0]?.id) });
    };
    const person = await oliviaOf(first);
    const seam = { ...first.seam, ...seamOf(first, revoke) };
    await makeCode(
      { ...first, seam },
      {
        ...{ userId: person.userId, responseUrl: null, person, guest: 'Anna', at: world.time.now() },
        deviceId: deviceId((await world.door('Porch')).deviceId),
        interaction: interactionId('wish-1'),
        window: { startsAt: null, endsAt: world.time.now() + 7_200_000 },
      },
    );
  }

  it('before it is asked for: it is not', async () => {
    let leaves = true;
    await make(({ seam }, revoke) => ({
      async door(key, id) {
        const found = await seam.door(key, id);
        if (leaves) {
          leaves = false;
          await revoke();
        }
        return found;
      },
    }));
    expect(await creations()).toEqual([]);
    expect(standings()).toEqual([{ kind: 'refused', why: 'not_sent', waitMs: null }]);
    expect(world.rows('code')).toMatchObject([{ sent_at: null, revoked_at: expect.any(Number), over: 1 }]);
  });

  it('while Seam makes it: it is revoked as soon as it is known', async () => {
    await make(({ seam }, revoke) => ({
      async createCode(wanted) {
        const made = await seam.createCode(wanted);
        await revoke();
        return made;
      },
    }));
    const [row] = world.rows('code');
    expect(row).toMatchObject({ access_code_id: expect.any(String), revoked_at: expect.any(Number) });
    expect(await deletions()).toEqual([]);
    const { access_code } = await askSeam('/access_codes/get', { access_code_id: row?.access_code_id });
    const pin = String((access_code as { code: string }).code);
    await world.house.restart();
    await goBy(5_000);
    await eventually('it is over', () => world.rows('code')[0]?.over === 1);
    expect(standings()).toEqual([{ kind: 'ended', why: 'revoked' }]);
    expect(await enter('Porch', pin)).toBe(false);
    expect(await deletions()).toHaveLength(1);
    expect(await creations()).toHaveLength(1);
  });
});
