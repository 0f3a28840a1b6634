/** Names and words of strangers that would like to be more: how they stand in what the bot says. */
import { textsIn } from '../../support/blocks.ts';
import { behindLiar } from '../../support/lying-seam.ts';
import { eventually, OLIVIA, startWorld, type World } from '../../support/world.ts';
import { exactly, type Figure, told } from '../proof.ts';

/** Begins every hostile name, so that it is found again, numbered. */
const MARK = 'Zq7n';
const EVIL = [
  '<!channel> <!here> <!everyone>',
  '<@U0OLIVIA> <#C0GENERAL> <!subteam^S1>',
  '<https://evil.example|Click here>',
  '<mailto:evil@example.com|write> <tel:1|call>',
  '<!date^0^{date}^https://evil.example|now>',
  '&lt;!channel&gt; &amp;lt; & < >',
  '*bold* _slanted_ ~gone~ `code` ```block```',
  ':lock: :warning: > quoted',
  '\u202Edesrever \u2066\u200F\u200B\uFEFF\u00AD',
  'line\nline\r\nline\u2028line\0\u0007',
  '\uD800 half \uDC00',
  '👨‍👩‍👧‍👦'.repeat(900),
  '<'.repeat(10_000),
  '&'.repeat(10_000),
  'x'.repeat(10_000),
  `${'<!channel>'.repeat(1_000)}`,
  '@channel https://evil.example www.evil.example',
  '"}],"text":"<!channel>"',
].map((evil, n) => `${MARK}${String(n).padStart(2, '0')} ${evil}`);

/** Marks that hide or reorder what stands around them. */
const INVISIBLE = /[\u{AD}\u{200B}\u{200E}\u{200F}\u{202A}-\u{202E}\u{2066}-\u{2069}\u{FEFF}]|(?!\n)\p{Cc}/u;
/** What Slack makes something of, but for our own moments. */
const LIVE = /<(?!!date\^\d+\^\{date_short_pretty\} at \{time\}\|[^<>|]*>)/;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Shows each of them in every view that has a name, and looks at all that was sent to Slack. */
export async function hostileNames(): Promise<Figure[]> {
  const world = await startWorld({ webhooks: false });
  let turn = 0;
  const evil = () => {
    turn += 1;
    return EVIL[turn % EVIL.length] ?? '';
  };
  const liar = await behindLiar(world, { answer: (_, body) => renamed(body, evil) });
  try {
    await show(world);
    return await judge(world);
  } finally {
    liar.close();
    await world.close();
  }
}

async function show(world: World): Promise<void> {
  await world.connect(OLIVIA, 'olivia@example.com');
  for (const word of EVIL) {
    await world.type(OLIVIA, `/locks ${word.replaceAll(/\s/g, '')}`);
    await world.type(OLIVIA, '/locks');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Your doors'), 15_000);
  }
  // Until nobody has asked for too much.
  world.time.advance(61_000);
  for (const name of ['Front Door', 'Back Gate', 'Server Room', 'Studio']) {
    const { deviceId } = await world.door(name);
    // By direct message, and in the list.
    await world.slack.faults([{ at: 'response_url', do: 'status', status: 404, times: 3 }]);
    const list = (await world.messages(OLIVIA)).findLast(({ buttons }) => buttons.includes('Refresh'));
    if (list === undefined) throw new Error('there is no list');
    const refresh = world.button(list, 'Refresh');
    const [, listing = ''] = refresh.value.split(' ');
    await world.forge(
      OLIVIA,
      { action_id: 'door:unlock', value: `${OLIVIA} ${listing} ${deviceId}` },
      hostileUser(),
    );
    await pause(1_500);
    await world.slack.faults([]);
    await world.forge(
      OLIVIA,
      { action_id: 'door:unlock', value: `${OLIVIA} ${listing} ${deviceId}` },
      hostileUser(),
    );
    await pause(1_500);
  }
  await world.type(OLIVIA, '/locks disconnect');
  await world.sees(OLIVIA, ({ buttons }) => buttons.includes('Disconnect'));
  await world.click(OLIVIA, 'Disconnect');
  await world.sees(OLIVIA, ({ buttons }) => !buttons.includes('Disconnect'), 15_000);
  await eventually(
    'quiet',
    async () => {
      const before = (await world.slack.calls()).length;
      await pause(1_000);
      return (await world.slack.calls()).length === before;
    },
    20_000,
  );
}

function hostileUser(): Record<string, unknown> {
  const name = EVIL[0];
  return { user: { id: OLIVIA, username: name, name, team_id: 'T0ACME' } };
}

/** Seam's answer with a hostile name wherever a person or a maker may have written one. */
function renamed(body: Record<string, unknown>, evil: () => string): Record<string, unknown> {
  const walk = (value: unknown, name: string): unknown => {
    if (Array.isArray(value)) {
      return name === 'errors' || name === 'warnings'
        ? [...value, { error_code: 'odd', warning_code: 'odd', message: evil() }]
        : value.map((one) => walk(one, name));
    }
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner, key)]));
    }
    const written = ['display_name', 'account_type_display_name', 'nickname', 'name', 'email', 'message'];
    return typeof value === 'string' && written.includes(name) ? evil() : value;
  };
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, walk(value, key)]));
}

async function judge(world: World): Promise<Figure[]> {
  const calls = (await world.slack.calls()).filter(({ body }) => 'text' in body);
  // An address for answers that is used up says nothing of what was sent to it.
  const usedUp = new Set(['expired_url', 'used_url']);
  const refused = calls.filter(
    ({ ok, detail, error }) => !ok && detail !== 'a fault' && !usedUp.has(error ?? ''),
  );
  const bodies = calls.map(({ body }) => body);
  const objects = bodies.flatMap(({ blocks }) => textsIn(blocks));
  const mrkdwn = objects.filter(({ type }) => type === 'mrkdwn').map(({ text }) => text);
  const spoken = bodies.map(({ text }) => String(text));
  const all = [...objects.map(({ text }) => text), ...spoken];
  const shown = EVIL.filter((evil) => all.some((text) => text.includes(evil.slice(0, MARK.length + 2))));
  const live = [...mrkdwn, ...spoken].filter((text) => LIVE.test(text));
  return [
    told('messages with names of strangers', bodies.length),
    exactly(`of ${EVIL.length} hostile names, those that were shown`, shown.length, EVIL.length),
    exactly('mentions, links and commands of theirs that Slack would follow', live.length, 0),
    ...(live.length === 0 ? [] : [told('the first of them', (live[0] ?? '').slice(0, 300))]),
    exactly('names in a block that Slack formats', mrkdwn.filter((text) => text.includes(MARK)).length, 0),
    exactly('marks that hide or reorder', all.filter((text) => INVISIBLE.test(text)).length, 0),
    exactly('halves of a character', all.filter((text) => !text.isWellFormed()).length, 0),
    exactly('messages that Slack refused', refused.length, 0),
    ...(refused.length === 0
      ? []
      : [told('the first of them', refused[0]?.detail ?? refused[0]?.error ?? '')]),
  ];
}
