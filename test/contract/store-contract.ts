import { describe } from 'vitest';
import { accountsContract } from './store/accounts.ts';
import { codesContract } from './store/codes.ts';
import { conditionsContract } from './store/conditions.ts';
import { connectsContract } from './store/connects.ts';
import { deliveriesContract } from './store/deliveries.ts';
import { feedContract } from './store/feed.ts';
import { followsContract } from './store/follows.ts';
import { happeningsContract } from './store/happenings.ts';
import { historyContract } from './store/history.ts';
import { adoptContract } from './store/journal-adopt.ts';
import { beginContract } from './store/journal-begin.ts';
import { clearContract } from './store/journal-clear.ts';
import { damageContract } from './store/journal-damage.ts';
import { endContract } from './store/journal-end.ts';
import { latestContract } from './store/journal-latest.ts';
import { timerContract } from './store/journal-timer.ts';
import { toldContract } from './store/journal-told.ts';
import { listingsContract } from './store/listings.ts';
import { namesContract } from './store/names.ts';
import { noticesContract } from './store/notices.ts';
import { openingContract } from './store/opening.ts';
import { pausesContract } from './store/pauses.ts';
import { peopleContract } from './store/people.ts';
import { runsContract } from './store/runs.ts';
import { openScene, type Subject } from './store/scene.ts';
import { sightingsContract } from './store/sightings.ts';
import { stepsContract } from './store/steps.ts';
import { timersContract } from './store/timers.ts';
import { webhooksContract } from './store/webhooks.ts';

const CONTRACTS = [
  openingContract,
  peopleContract,
  pausesContract,
  accountsContract,
  codesContract,
  connectsContract,
  deliveriesContract,
  historyContract,
  followsContract,
  listingsContract,
  namesContract,
  runsContract,
  sightingsContract,
  stepsContract,
  happeningsContract,
  timersContract,
  webhooksContract,
  conditionsContract,
  feedContract,
  noticesContract,
  beginContract,
  clearContract,
  timerContract,
  endContract,
  toldContract,
  latestContract,
  adoptContract,
  damageContract,
];

/** What every Store must do, whatever it keeps its rows in. */
export function storeContract(subject: Subject): void {
  describe(`the store over ${subject.name}`, () => {
    for (const contract of CONTRACTS) contract(() => openScene(subject));
  });
}
