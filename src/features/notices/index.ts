import type { Feature } from '../../feature.ts';
import { OFFLINE_TIMER, offlineForLong, onEvent } from './follow.ts';
import { save, saveCheck, show, turnOff } from './settings.ts';
import { TELL_TIMER, tell } from './tell.ts';

/** What happens to a person's doors without them, told by direct message. */
export const notices: Feature = {
  name: 'notices',
  subcommands: [
    { word: 'notices', summary: 'chooses what you get messages about, and quiet hours', run: show },
  ],
  actions: { settings: show, off: turnOff },
  submits: { save: { check: saveCheck, run: save } },
  onEvent,
  timers: { [TELL_TIMER]: tell, [OFFLINE_TIMER]: offlineForLong },
};
