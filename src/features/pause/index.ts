import type { Context } from '../../context.ts';
import { isOld } from '../../domain/message-age.ts';
import type { Asked, Feature } from '../../feature.ts';
import {
  notPausedMessage,
  oldButton,
  pausedAlreadyMessage,
  pausedMessage,
  resumedMessage,
  resumeMessage,
} from './view.ts';

/** A person's own stop: after a lost phone nothing opens for them, from any device, until they resume. */
export const pause: Feature = {
  name: 'pause',
  subcommands: [
    {
      word: 'pause',
      summary: 'stops all opening of doors by you at once, for instance after a lost phone',
      run: begin,
    },
    { word: 'resume', summary: 'ends that', run: offer },
  ],
  actions: { begin, resume },
};

/** Asks nothing back: whoever has lost a phone is in a hurry, and nothing is lost by it. */
async function begin(context: Context, asked: Asked): Promise<void> {
  const { store, messenger, time, newId, log } = context;
  const { person } = asked;
  const now = time.now();
  const since = await store.pauses.begin(person, newId(), now);
  if (since !== now) {
    await messenger.post(asked, pausedAlreadyMessage(since));
    return;
  }
  log.info({ user: person.userId }, 'a person has paused their unlocks');
  await messenger.post(asked, pausedMessage);
  await context.announce({ kind: 'settings_changed', who: person });
}

async function offer({ store, messenger }: Context, asked: Asked): Promise<void> {
  const { person } = asked;
  const since = await store.pauses.since(person);
  await messenger.answer(asked, since === null ? notPausedMessage : resumeMessage(person.userId, since));
}

async function resume(context: Context, clicked: Asked): Promise<void> {
  const { store, messenger, time, newId, log } = context;
  const { person, args, postedAt } = clicked;
  const now = time.now();
  const since = await store.pauses.since(person);
  if (since === null) {
    await messenger.answer(clicked, notPausedMessage);
    return;
  }
  if (isOld(postedAt, now) || args[0] !== String(since)) {
    log.info({ user: person.userId }, 'an old button did not resume unlocks');
    await messenger.post(clicked, oldButton);
    return;
  }
  if (!(await store.pauses.end(person, since, newId(), now))) {
    // Another click was quicker, and they may even have paused again since: the answer is what holds now.
    await resume(context, clicked);
    return;
  }
  log.info({ user: person.userId }, 'a person has resumed their unlocks');
  await messenger.answer(clicked, resumedMessage(person.userId));
  await context.announce({ kind: 'settings_changed', who: person });
}
