import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { form, input, modal, opened, titles, trigger } from './modal-scene.ts';
import { CHATTY, plain, rig } from './support.ts';

describe('trigger ids', () => {
  test('three seconds, by the local Slack’s clock', async () => {
    const made = await rig({ clock: () => 1_700_000_000_000 });
    const [early, late] = [await trigger(made), await trigger(made)];
    await made.drive.clock({ advanceMs: 3_000 });
    expect(await made.api('views.open', { trigger_id: early, view: form })).toMatchObject({ ok: true });
    await made.drive.clock({ advanceMs: 1 });
    expect(await made.api('views.open', { trigger_id: late, view: form })).toEqual({
      ok: false,
      error: 'expired_trigger_id',
    });
  });

  test('one use', async () => {
    const made = await rig();
    const trigger_id = await trigger(made);
    const twice = [
      await made.api('views.open', { trigger_id, view: form }),
      await made.api('views.open', { trigger_id, view: form }),
    ];
    expect(twice).toEqual([
      {
        ok: true,
        view: {
          id: 'V01',
          team_id: 'T0ACME',
          type: 'modal',
          blocks: [input],
          private_metadata: 'kept',
          callback_id: 'form',
          state: { values: { name: { text: { type: 'plain_text_input', value: null } } } },
          hash: expect.any(String),
          title: plain('Form'),
          clear_on_close: false,
          notify_on_close: false,
          close: null,
          submit: plain('Save'),
          previous_view_id: null,
          root_view_id: 'V01',
          app_id: 'A0LATCHBOLT',
          external_id: '',
          app_installed_team_id: 'T0ACME',
          bot_id: 'B0LATCHBOLT',
        },
      },
      { ok: false, error: 'exchanged_trigger_id' },
    ]);
  });

  test('made up, or none', async () => {
    const made = await rig();
    expect([
      await made.api('views.open', { trigger_id: '1.2.3', view: form }),
      await made.api('views.open', { view: form }),
    ]).toEqual([
      { ok: false, error: 'invalid_trigger_id' },
      {
        ok: false,
        error: 'invalid_arguments',
        errors: ['missing required field: trigger_id'],
        response_metadata: { messages: ['[ERROR] missing required field: trigger_id'] },
      },
    ]);
  });
});

describe('modals', () => {
  test('lie three deep and no deeper', async () => {
    const made = await rig();
    await opened(made, modal('One'));
    const push = async (title: string) =>
      made.api('views.push', { trigger_id: await trigger(made), view: modal(title) });
    await push('Two');
    await push('Three');
    expect(await push('Four')).toEqual({ ok: false, error: 'push_limit_reached' });
    expect(await titles(made)).toEqual(['One', 'Two', 'Three']);
  });

  test('are updated by id or by the app’s own name, unless the hash is old', async () => {
    const made = await rig();
    const viewId = await opened(made, modal('One', { external_id: 'mine' }));
    const update = (args: object) =>
      made.api('views.update', { view: modal('New', { external_id: 'mine' }), ...args });
    expect(await update({ view_id: viewId, hash: 'old' })).toEqual({ ok: false, error: 'hash_conflict' });
    expect(await update({ external_id: 'mine' })).toMatchObject({ ok: true, view: { id: viewId } });
    expect(await update({ view_id: 'V0NONE' })).toEqual({ ok: false, error: 'not_found' });
    expect(await titles(made)).toEqual(['New']);
    const again = { trigger_id: await trigger(made), view: modal('Other', { external_id: 'mine' }) };
    expect(await made.api('views.open', again)).toEqual({ ok: false, error: 'duplicate_external_id' });
  });

  test('of more than 250 kB are refused', async () => {
    const made = await rig();
    const blocks = Array.from({ length: 100 }, () => ({
      type: 'section',
      text: { type: 'mrkdwn', text: 'x'.repeat(2_600) },
    }));
    const view = modal('Big', { blocks });
    expect(await made.api('views.open', { trigger_id: await trigger(made), view })).toEqual({
      ok: false,
      error: 'view_too_large',
    });
  });
});

test('a modal that wants to know is told that it was closed', async () => {
  const made = await rig();
  await opened(made, modal('One'));
  await made.api('views.push', {
    trigger_id: await trigger(made),
    view: modal('Two', { notify_on_close: true, clear_on_close: true }),
  });
  const top = (await made.drive.view('U0OLIVIA')).modals.at(-1)?.viewId ?? '';
  const ack = await made.drive.dismiss({ as: 'U0OLIVIA', viewId: top });
  expect(ack.delivered.body).toMatchObject({ type: 'view_closed', is_cleared: true, view: { id: top } });
  expect(await titles(made)).toEqual([]);
});

test('a Home is published, seen by its one person, and told of when it is opened', async () => {
  const made = await rig(CHATTY);
  const view = { type: 'home', blocks: [{ type: 'divider', block_id: 'd' }] };
  const { view: shown } = await made.api('views.publish', { user_id: 'U0BEN', view });
  expect((await made.drive.view('U0BEN')).home).toEqual(view);
  expect((await made.drive.view('U0OLIVIA')).home).toBeNull();
  expect(await made.api('views.publish', { user_id: 'U0BEN', view, hash: 'old' })).toEqual({
    ok: false,
    error: 'hash_conflict',
  });
  expect(await made.api('views.publish', { user_id: 'U0SAM', view })).toEqual({
    ok: false,
    error: 'user_not_found',
  });
  const { delivered } = await made.drive.home({ as: 'U0BEN' });
  expect(delivered).toEqual({
    kind: 'events_api',
    body: {
      token: 'local-verification-token',
      team_id: 'T0ACME',
      context_team_id: 'T0ACME',
      context_enterprise_id: null,
      api_app_id: 'A0LATCHBOLT',
      event: {
        type: 'app_home_opened',
        user: 'U0BEN',
        channel: 'D0BEN',
        tab: 'home',
        view: shown,
        event_ts: expect.any(String),
      },
      type: 'event_callback',
      event_id: expect.stringMatching(/^Ev[0-9A-F]{12}$/),
      event_time: expect.any(Number),
      authorizations: [
        {
          enterprise_id: null,
          team_id: 'T0ACME',
          user_id: 'U0LATCHBOLT',
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: false,
    },
  });
});

describe('a Home', () => {
  const home = (blocks: object[]) => ({ type: 'home', blocks });
  const block = (block_id: string) => ({ type: 'section', block_id, text: plain(block_id) });

  test('takes the place of the one before, by its id and with a new hash', async () => {
    const made = await rig();
    const publish = async (view: object, hash?: unknown) => {
      const { view: shown, error } = await made.api('views.publish', { user_id: 'U0BEN', view, hash });
      return {
        error,
        ...z
          .object({ id: z.string(), hash: z.string() })
          .partial()
          .parse(shown ?? {}),
      };
    };
    const first = await publish(home([block('one')]));
    const second = await publish(home([block('two')]), first.hash);
    const stale = await publish(home([block('three')]), first.hash);
    const third = await publish(home([block('three')]));
    expect([second.id, third.id]).toEqual([first.id, first.id]);
    expect(new Set([first.hash, second.hash, third.hash]).size).toBe(3);
    expect(stale).toEqual({ error: 'hash_conflict' });
    expect((await made.drive.view('U0BEN')).home).toEqual(home([block('three')]));
  });

  test('takes 100 blocks, and nothing of a modal', async () => {
    const made = await rig();
    const publish = async (view: object) =>
      (await made.api('views.publish', { user_id: 'U0BEN', view })).error ?? 'shown';
    const blocks = (count: number) => Array.from({ length: count }, (_, n) => block(`b${n}`));
    expect([
      await publish(home(blocks(100))),
      await publish(home(blocks(101))),
      await publish({ ...home([]), title: plain('Doors') }),
      await publish({ type: 'modal', title: plain('Doors'), blocks: [] }),
    ]).toEqual(['shown', 'invalid_arguments', 'invalid_arguments', 'invalid_arguments']);
  });

  test('that is opened at its Messages tab shows the app no view', async () => {
    const made = await rig();
    await made.api('views.publish', { user_id: 'U0BEN', view: home([block('one')]) });
    const { delivered } = await made.drive.home({ as: 'U0BEN', tab: 'messages' });
    expect(delivered.body.event).toEqual({
      type: 'app_home_opened',
      user: 'U0BEN',
      channel: 'D0BEN',
      tab: 'messages',
      event_ts: expect.any(String),
    });
  });
});
