/** What a life has beside unlocks: codes for guests, a history as a file, a workflow. */
import { pinIn } from '../../support/codes.ts';
import { BEN, eventually, OLIVIA } from '../../support/world.ts';
import { afterwards, click, type Living, type } from './acts.ts';
import { learnStep } from './watched-world.ts';

/** How long each may take, ms. */
const PATIENCE_MS = 30_000;

/** A PIN of a lock with a connection and of one without, shown again, and where it cannot be shown. */
export async function guestCodes(living: Living): Promise<void> {
  const { world } = living.watched;
  await world.connect(OLIVIA, 'codes@example.com');
  const pins = [await newPin(living, 'porch'), await newPin(living, 'shed')];
  const list = () => type(living, OLIVIA, '/locks codes');
  await afterwards(living, OLIVIA, list, ({ buttons }) => buttons.includes('Show PIN'));
  const showPin = () => click(living, OLIVIA, 'Show PIN');
  await afterwards(living, OLIVIA, showPin, (message) => pinIn(message) !== null);
  await world.slack.faults([{ at: 'response_url', do: 'status', status: 404 }]);
  await afterwards(living, OLIVIA, showPin, ({ text }) => text.includes('the PIN could not be shown there'));
  await world.slack.faults([]);
  const others = JSON.stringify(await world.messages(BEN)).replaceAll(/(?<=\d) (?=\d)/g, '');
  living.lived.strayPins += pins.filter((pin) => others.includes(pin)).length;
}

async function newPin(living: Living, door: string): Promise<string> {
  const wish = () => type(living, OLIVIA, `/locks code ${door} for 2h for Anna`);
  return pinIn(await afterwards(living, OLIVIA, wish, (message) => pinIn(message) !== null)) ?? '';
}

/** What happened, as a file. */
export async function exported(living: Living): Promise<void> {
  const { slack } = living.watched.world;
  const history = () => type(living, OLIVIA, '/locks history');
  await afterwards(living, OLIVIA, history, ({ buttons }) => buttons.includes('Export as CSV'));
  await click(living, OLIVIA, 'Export as CSV');
  const isThere = async () => (await slack.view(OLIVIA)).messages.some(({ files }) => files.length > 0);
  await eventually('the file', isThere, PATIENCE_MS);
}

/** A step of a workflow, with a token of its own. */
export async function startedWorkflow({ watched: { world }, canaries }: Living): Promise<void> {
  const inputs = { door: 'Front Door' };
  const { delivered } = await world.slack.workflow({ as: OLIVIA, callback_id: 'unlock_door', inputs });
  learnStep(canaries, delivered.body);
  const ended = async () => (await world.slack.view(OLIVIA)).executions.at(-1)?.ended;
  await eventually('the step has ended', ended, PATIENCE_MS);
}
