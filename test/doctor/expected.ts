/** A report line by line, by what each is about: Socket Mode, all well, before the first start. */
const FIRST: readonly (readonly [about: string, line: string])[] = [
  ['Settings', 'ok       Settings: they are complete, for Socket Mode: the bot calls Slack.'],
  ['Slack bot token', 'ok       Slack bot token: the bot is latchbolt in the workspace Acme.'],
  ['Slack scopes', 'ok       Slack scopes: the bot has all that it needs.'],
  ['Slack app token', 'ok       Slack app token: Slack lets the bot connect.'],
  ['Seam key', 'ok       Seam key: it opens the live workspace Local workspace. Seam answered in N ms.'],
  ['Seam brands', 'ok       Seam brands: people may connect all that Seam offers.'],
  [
    'Database folder',
    'ok       Database folder: a journal in FOLDER survives a loss of power (wal, synchronous FULL).',
  ],
  ['Disk', 'ok       Disk: 4096 MB are free.'],
  [
    'Database file',
    'note     Database file: FOLDER/latchbolt.db is not there yet; the first start makes it.',
  ],
  ['Database contents', 'skipped  Database contents: because there is none yet.'],
  ['Database version', 'skipped  Database version: because there is none yet.'],
  [
    'Encryption key',
    'note     Encryption key: the next start makes it in FOLDER/latchbolt.db.key. Back that up together with the database.',
  ],
  ['Port', 'ok       Port: PORT is free; no Latchbolt is running on it.'],
  ['Public address', 'skipped  Public address: because PUBLIC_URL is not set: Seam is asked instead.'],
  ['Webhook route', 'skipped  Webhook route: because PUBLIC_URL is not set: Seam is asked instead.'],
  ['Seam webhook', 'skipped  Seam webhook: because PUBLIC_URL is not set: Seam is asked instead.'],
  ['Clock', 'ok       Clock: it agrees with Slack and Seam.'],
];

/** What else is said where a database was made already. */
export const MADE: Readonly<Record<string, readonly string[]>> = {
  'Database file': ['ok       Database file: FOLDER/latchbolt.db is readable by its owner only.'],
  'Database contents': ['ok       Database contents: nothing in it is damaged.'],
  'Database version': ['ok       Database version: it is of this Latchbolt.'],
};

/** What else is said where the bot runs, with webhooks. */
export const RUNNING: Readonly<Record<string, readonly string[]>> = {
  ...MADE,
  'Encryption key': [
    'ok       Encryption key: FOLDER/latchbolt.db.key is there; nothing is sealed in the database that it could be tried on.',
  ],
  Port: ['note     Port: a Latchbolt is running on PORT already, and is well.'],
  'Public address': ['ok       Public address: Latchbolt answers at http://127.0.0.1:PORT.'],
  'Webhook route': ['ok       Webhook route: it refuses what is not signed.'],
  'Seam webhook': [
    'ok       Seam webhook: Seam calls http://127.0.0.1:PORT/seam/webhooks with all that is needed, and signs with the right secret.',
  ],
};

/** The whole report where all is well, with the lines about some things replaced, and its closing sentence. */
export function expected(changes: Readonly<Record<string, readonly string[]>> = {}): string {
  const unknown = Object.keys(changes).filter((name) => !FIRST.some(([about]) => about === name));
  if (unknown.length > 0) throw new Error(`no line is about ${unknown.join(', ')}`);
  const lines = FIRST.flatMap(([about, line]) => changes[about] ?? [line]);
  const faults = lines.filter((line) => line.startsWith('fault ')).length;
  return `${lines.join('\n')}\n\n${CLOSING[Math.min(faults, 2)]?.replace('N', String(faults))}\n`;
}

const CLOSING = [
  'All that could be checked is well.',
  'There is 1 fault. Mend it, then run npm run doctor again.',
  'There are N faults. Mend them, then run npm run doctor again.',
];
