import { callOffLooks, lookAt } from '../../codes/follow.ts';
import type { Context } from '../../context.ts';
import { isOver, takesCodes } from '../../domain/code.ts';
import type { HouseEvent } from '../../domain/house-event.ts';
import type { Feature, Submitted } from '../../feature.ts';
import { doorsTyped } from '../../finding/suggest.ts';
import type { SeamEvent } from '../../seam/port.ts';
import { doorOption } from '../../views/door-option.ts';
import { makeByName, pick } from './by-name.ts';
import { again, pin, revokeClicked } from './change.ts';
import { readForm } from './decide.ts';
import { endThoseOf, keepEnding, revokeOfGone } from './gone.ts';
import { showList, showPage } from './list.ts';
import { makeCode } from './make.ts';
import { openModal } from './modal.ts';
import { rung } from './ring.ts';

/** Codes for guests. */
export const codes: Feature = {
  name: 'codes',
  subcommands: [
    { word: 'code', summary: 'makes a PIN for a guest, such as /locks code front for 2h', run: makeByName },
    { word: 'codes', summary: 'shows your guests’ codes, each with a button that ends it', run: showList },
  ],
  actions: {
    make: openModal,
    pick,
    show: showPage,
    next: showPage,
    previous: showPage,
    pin,
    revoke: revokeClicked,
    again,
  },
  submits: {
    form: {
      async check({ time }, { values }) {
        const read = readForm(values, time.now());
        return 'errors' in read ? read.errors : null;
      },
      run: makeFromForm,
    },
  },
  suggests: {
    async door(context, { person, query }) {
      const { doors, aliases } = await doorsTyped(context, person, query, takesCodes);
      return doors.map((door) => doorOption(door, aliases));
    },
  },
  onEvent: hear,
  timers: { look: rung, end: revokeOfGone },
  start: keepEnding,
};

async function makeFromForm(context: Context, { values, person, userId, interaction, at }: Submitted) {
  const read = readForm(values, context.time.now());
  if ('errors' in read) return;
  const { deviceId, startsAt, endsAt, guest } = read.form;
  // A modal has no answer of its own: what becomes of it is a direct message, which follows it.
  const to = { userId, responseUrl: null };
  await makeCode(context, { ...to, person, deviceId, guest, interaction, at, window: { startsAt, endsAt } });
}

async function hear(context: Context, event: SeamEvent | HouseEvent): Promise<void> {
  const { store, time } = context;
  if (event.kind === 'code_changed') {
    const code = await store.codes.byAccessCode(event.codeId);
    if (code === null || isOver(code.standing)) return;
    await callOffLooks(context, code.id);
    await lookAt(context, code.id, time.now());
  }
  if (event.kind === 'person_left') await endThoseOf(context, event.who);
}
