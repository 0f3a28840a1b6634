/** What goes wrong around the bot: Seam, Slack and the database, each in every way. */
import Sqlite from 'better-sqlite3';
import { BEN, eventually, OLIVIA } from '../../support/world.ts';
import { click, type Living, openList, pause, type, unlock } from './acts.ts';

/** What is done so that a path of Seam's is asked. */
const WAYS: readonly { readonly path: string; readonly act: (living: Living) => Promise<void> }[] = [
  { path: '/devices/list', act: (living) => type(living, OLIVIA, '/locks') },
  ...['/client_sessions/get_or_create', '/connect_webviews/create', '/client_sessions/grant_access'].map(
    (path) => ({
      path,
      act: (living: Living) => type(living, BEN, '/locks connect'),
    }),
  ),
  { path: '/connected_accounts/list', act: (living) => type(living, OLIVIA, '/locks disconnect') },
  { path: '/access_codes/list', act: (living) => type(living, OLIVIA, '/locks codes') },
  { path: '/locks/unlock_door', act: (living) => unlock(living, 'Front Door') },
  { path: '/action_attempts/get', act: (living) => unlock(living, 'Garage') },
];

/** Every fault at every path; the bot ends in between, by kill -9 and in order by turns. */
export async function troubleWithSeam(living: Living): Promise<void> {
  const { watched, lived } = living;
  const { world, env } = watched;
  const { SEAM_API_KEY: key = '', SEAM_WEBHOOK_SECRET: secret = '' } = env;
  const page = `<html>Bearer ${key}, ${secret}</html>`;
  const refusal = JSON.stringify({ error: { type: 'invalid_input', message: `no: ${key}`, data: { key } } });
  const kinds = [
    { do: 'status', status: 401, body: refusal },
    { do: 'status', status: 429, retryAfter: 1 },
    { do: 'status', status: 500, body: page, contentType: 'text/html' },
    { do: 'status', status: 400, body: refusal },
    { do: 'status', status: 404, body: page, contentType: 'text/html' },
    { do: 'reset' },
    { do: 'truncate' },
    { do: 'hang' },
  ] as const;
  for (const [n, kind] of kinds.entries()) {
    await openList(living);
    for (const { path, act } of WAYS) {
      const last = (await world.seam.calls()).at(-1)?.n ?? 0;
      await world.seam.faults([{ at: path, ...kind, times: 3 }]);
      await act(living);
      lived.faultsMeant += 1;
      const reached = async () => (await world.seam.calls(last)).some((call) => call.path === path);
      if (await eventually(path, reached, 5_000).catch(() => false)) lived.faultsReached += 1;
      await pause(150);
    }
    await world.seam.faults([]);
    // What hangs is given up after 5 s; a row under way is settled by the next run.
    if (kind.do === 'hang') await pause(6_000);
    await watched.restart(n % 2 === 0 ? 'SIGKILL' : 'SIGTERM');
  }
}

export async function troubleWithSlack(living: Living): Promise<void> {
  const { world, env } = living.watched;
  const body = `<html>${env.SLACK_BOT_TOKEN ?? ''}</html>`;
  const kinds = [
    { do: 'status', status: 500, body },
    { do: 'status', status: 429, retryAfter: 1 },
    { do: 'status', status: 404, body },
    { do: 'reset' },
    { do: 'truncate' },
    { do: 'hang' },
  ] as const;
  for (const kind of kinds) {
    const direct = [
      { at: 'chat.postMessage', ...kind, times: 3 },
      { at: 'chat.postMessage', do: 'error', error: String(env.SLACK_BOT_TOKEN), times: 1 },
    ] as const;
    await world.slack.faults([{ at: 'response_url', ...kind, times: 4 }, ...direct]);
    await type(living, OLIVIA, '/locks');
    await type(living, BEN, '/locks connect');
    await pause(kind.do === 'hang' ? 6_000 : 1_500);
  }
  await world.slack.faults([]);
  await living.watched.restart('SIGTERM');
}

/** Locked by somebody else for longer than is waited for, and then with a table gone. */
export async function troubleWithTheDatabase(living: Living): Promise<void> {
  const { world } = living.watched;
  const sqlite = new Sqlite(world.house.config.database.file);
  try {
    sqlite.exec('begin immediate');
    await click(living, OLIVIA, 'Unlock', 'Front Door');
    await type(living, BEN, '/locks connect');
    await pause(6_000);
    sqlite.exec('rollback');
    for (const table of ['person', 'move', 'listing', 'connect', 'account']) {
      const there = sqlite.prepare('select 1 from sqlite_master where name = ?').get(table) !== undefined;
      if (!there) continue;
      sqlite.exec(`alter table "${table}" rename to "gone"`);
      await click(living, OLIVIA, 'Unlock', 'Server Room');
      await type(living, BEN, '/locks connect');
      await pause(300);
      sqlite.exec(`alter table "gone" rename to "${table}"`);
    }
  } finally {
    sqlite.close();
  }
  await living.watched.restart('SIGKILL');
}
