import { eventually, OLIVIA } from '../support/world.ts';
import { forgedRequests } from './edge/forged.ts';
import { type Fate, sendAll } from './edge/lines.ts';
import { brokenActs, fresh, type Odd, oddRequests } from './edge/odd.ts';
import { oddEvents } from './edge/odd-events.ts';
import { factsOf } from './edge/recorded.ts';
import { slowSenders } from './edge/slow.ts';
import { openStage, type Stage } from './edge/stage.ts';
import { Tally } from './edge/tally.ts';
import { wholeClicks } from './edge/whole.ts';
import { exactly, type Figure, type Proof, told } from './proof.ts';

/** Doors of Olivia's that move when they are asked to. */
const WORKING = ['Front Door', 'Garage', 'Server Room'];
/** What a signed request that is odd may be answered; 200 is for what Slack legitimately sends. */
const ODD_ANSWERS = [200, 400, 413, 415];
/** The same for Seam's webhooks; one that is no JSON counts as not signed. */
const EVENT_ANSWERS = [200, 400, 401, 413];
/** After so many odd requests the bot is let finish, so that none is turned down only because it is busy. */
const SLICE = 250;

/** Nothing that is not a person's own click on their own door opens one, whatever is sent to the bot. */
export const proof: Proof = {
  name: 'edge',
  promise:
    'Whatever reaches the bot over HTTP, only what a door’s own person did, signed, asks Seam to unlock or lock it, or for a code.',
  size: { ci: 4_000, full: 100_000, of: 'requests of each kind' },
  async run(size) {
    // What is sent is the same for the same seed, but for ids and dates.
    const seed = Date.now() % 2 ** 31;
    const stage = await openStage();
    try {
      return [
        told('seed', seed),
        ...(await sendWholeAndBroken(stage)),
        ...(await sendBad(stage, size, seed)),
        ...(await clickOnce(stage)),
        ...(await howItLived(stage)),
      ];
    } finally {
      await stage.close();
    }
  },
};

/** Before the flood, while nobody has asked for too much. */
async function sendWholeAndBroken({ world, needs, unlocks, idle }: Stage): Promise<Figure[]> {
  const doors = await Promise.all(WORKING.map((name) => world.door(name)));
  const clicks = wholeClicks(
    needs.recorded.click,
    doors.map(({ deviceId }) => deviceId),
  );
  // One in the modal of the shortcut, and one in a workflow.
  const { submission, step } = needs.recorded;
  const acts = [...clicks, fresh(submission, 'wholeModal'), fresh(step, 'wholeStep')];
  for (const { written, body } of acts) {
    await world.slack.deliver({ kind: written === 'json' ? 'events_api' : 'interactive', body });
    const act = String(body.trigger_id ?? factsOf(body.event).function_execution_id);
    const rows = () =>
      world.rows('move').filter(({ interaction }) => String(interaction).startsWith(`${act}:`));
    await eventually('the unlock ended', () => rows().some(({ outcome }) => outcome !== null), 30_000);
  }
  const whole = await unlocks.look();
  const broken = brokenActs(needs);
  for (const { written, body } of broken) {
    await world.slack.deliver({ kind: written === 'json' ? 'events_api' : 'interactive', body });
  }
  await idle();
  const after = await unlocks.look();
  return [
    exactly(
      `requests for ${acts.length} clicks, modals and steps that are odd nowhere, or where it does not matter`,
      whole.posts,
      acts.length,
    ),
    exactly(
      `requests for ${broken.length} of them that are broken where it matters`,
      after.posts - whole.posts,
      0,
    ),
  ];
}

async function sendBad({ bot, needs, unlocks, idle }: Stage, size: number, seed: number): Promise<Figure[]> {
  const before = await unlocks.look();
  const began = performance.now();
  const [forged, odd, events] = [new Tally(), new Tally(), new Tally()];
  let leftOut = 0;
  const slowCount = Math.ceil(size / 250);
  const slow = slowSenders(bot.port, slowCount);
  await sendAll(bot.port, forgedRequests({ ...needs, click: needs.recorded.click }, size), (request, fate) =>
    forged.note(fate, request.right, () => request.sort),
  );
  const judge = (tally: Tally, right: readonly number[]) => (request: Odd, fate: Fate) =>
    tally.note(fate, right, () => `${request.from} ${request.body.toString().slice(0, 300)}`);
  const oddOnes = oddRequests(needs, size, seed, () => {
    leftOut += 1;
  });
  for (const slice of sliced(oddOnes)) {
    await sendAll(bot.port, slice, judge(odd, ODD_ANSWERS));
    await idle();
  }
  const oddNews = oddEvents(needs.webhookSecret, needs.devices, Math.ceil(size / 10), seed);
  for (const slice of sliced(oddNews)) {
    await sendAll(bot.port, slice, judge(events, EVENT_ANSWERS));
    await idle();
  }
  const held = await slow;
  const after = await unlocks.look();
  const all = [forged, odd, events];
  const sum = (of: (tally: Tally) => number) => all.reduce((total, tally) => total + of(tally), 0);
  const examples = all.flatMap((tally) => tally.examples);
  return [
    told('requests that nobody signed, or not rightly', `${forged.total}, answered ${forged}`),
    told('signed requests that are odd', `${odd.total}, answered ${odd}`),
    told('signed webhooks that are odd', `${events.total}, answered ${events}`),
    told('odd requests not sent, since they could still have opened a door', leftOut),
    told('questions to Seam that they led to', after.asked - before.asked),
    told('seconds', Math.round((performance.now() - began) / 1000)),
    exactly('requests at Seam to unlock, to lock or to make a code', after.posts - before.posts, 0),
    exactly(
      'answers of 5xx',
      sum(({ faults }) => faults),
      0,
    ),
    exactly(
      'requests neither answered nor cut within 30 s',
      sum(({ silent }) => silent),
      0,
    ),
    exactly(`of ${slowCount} slow senders, those neither answered nor cut within 30 s`, held, 0),
    exactly(
      'answers other than that sort of request gets',
      sum(({ wrong }) => wrong),
      0,
    ),
    ...(examples.length === 0 ? [] : [told('of those, the first', examples.join('\n'))]),
  ];
}

function* sliced(requests: Generator<Odd>): Generator<Odd[]> {
  for (let slice = take(requests); slice.length > 0; slice = take(requests)) yield slice;
}

function take(requests: Generator<Odd>): Odd[] {
  const taken: Odd[] = [];
  while (taken.length < SLICE) {
    const next = requests.next();
    if (next.done === true) break;
    taken.push(next.value);
  }
  return taken;
}

/** After all that, it still works. */
async function clickOnce({ world, unlocks }: Stage): Promise<Figure[]> {
  const before = await unlocks.look();
  await openList(world);
  await eventually('the click is taken', () => unlockWhenTaken(world), 60_000);
  const after = await unlocks.look();
  return [exactly('unlock requests for one real click after it all', after.posts - before.posts, 1)];
}

/** One click that is taken; false for one that she is asked to wait with. */
async function unlockWhenTaken(world: Stage['world']): Promise<boolean> {
  await world.click(OLIVIA, 'Unlock', 'Front Door');
  const isUnlocked = ({ text }: { text: string }) => text.includes('Front Door: Unlocked.');
  const answer = await world.sees(
    OLIVIA,
    (message) => isUnlocked(message) || message.text.startsWith('That is more than'),
    30_000,
  );
  return isUnlocked(answer);
}

/** The flood was in Olivia's name too: until a minute has gone by, the bot asks her to wait. */
async function openList(world: Stage['world']): Promise<void> {
  const isList = ({ text }: { text: string }) => text.startsWith('Your doors');
  for (let tries = 0; tries < 20; tries += 1) {
    await world.type(OLIVIA, '/locks');
    if ((await world.sees(OLIVIA, isList).catch(() => null)) !== null) return;
  }
  throw new Error('Olivia gets no list');
}

async function howItLived({ bot, log }: Stage): Promise<Figure[]> {
  const exits = bot.running() ? 0 : 1;
  const ended = await bot.stop('SIGTERM');
  const errors = [...log.errors].map(([what, count]) => `${what}: ${count}`);
  return [
    exactly('exits of the process before it was told to', exits, 0),
    exactly('exit code when it was told to', Number(ended), 0),
    exactly('unhandled rejections and exceptions', log.unhandled, 0),
    exactly('lines on stderr', log.stderrLines, 0),
    exactly('lines of the log that are not one JSON object', log.garbled, 0),
    told('error lines in the log', errors.join(', ') || 'none'),
  ];
}
