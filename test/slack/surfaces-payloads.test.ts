/** What people do with modals, shortcuts and the app's Home, as it is read. */
import { describe, expect, test } from 'vitest';
import { readDeed, readSuggestion } from '../../src/slack/payloads.ts';
import { aClick } from '../support/payloads.ts';
import { START } from '../support/sights.ts';

const user = { id: 'U0OLIVIA', username: 'olivia', name: 'olivia', team_id: 'T0HOME' };
const who = {
  actor: { userId: 'U0OLIVIA', teamId: 'T0HOME' },
  interaction: '1.2.trigger:T0HOME:U0OLIVIA',
  triggerId: '1.2.trigger',
};
const common = { user, team: { id: 'T0HOME' }, trigger_id: '1.2.trigger' };
const view = (facts: object = {}) => ({
  id: 'V1',
  type: 'modal',
  callback_id: 'shortcut:open',
  private_metadata: 'front',
  state: { values: {} },
  hash: '1.1',
  ...facts,
});
const option = (value: string) => ({ value, text: { type: 'plain_text', text: value } });

describe('a modal that is sent', () => {
  test.each([
    [{ type: 'plain_text_input', value: 'Anna' }, ['Anna']],
    [{ type: 'plain_text_input', value: null }, []],
    [{ type: 'external_select', selected_option: option('door-1') }, ['door-1']],
    [{ type: 'static_select', selected_option: null }, []],
    [{ type: 'checkboxes', selected_options: [option('a'), option('b')] }, ['a', 'b']],
    [{ type: 'checkboxes', selected_options: [] }, []],
    [{ type: 'datepicker', selected_date: '2026-12-24' }, ['2026-12-24']],
    [{ type: 'timepicker', selected_time: '17:30' }, ['17:30']],
    [{ type: 'datetimepicker', selected_date_time: 1_780_300_800 }, ['1780300800']],
    [{ type: 'users_select', selected_user: 'U0BEN' }, ['U0BEN']],
    [{ type: 'something_new', chosen: 'x' }, []],
  ])('has of %j the values %j', (element, values) => {
    const state = { values: { door: { pick: element } } };
    expect(readDeed({ type: 'view_submission', ...common, view: view({ state }) }, START)).toEqual({
      ...who,
      responseUrl: null,
      act: {
        kind: 'submit',
        callbackId: 'shortcut:open',
        view: { id: 'V1', metadata: 'front', values: { door: values } },
      },
    });
  });

  test.each([
    { view: undefined },
    { view: view({ id: '' }) },
    { trigger_id: undefined },
    { user: { id: 'U1' } },
  ])('is nothing with %j', (facts) => {
    expect(readDeed({ type: 'view_submission', ...common, view: view(), ...facts }, START)).toBeNull();
  });
});

describe('a click', () => {
  test('in Home is in nobody else’s sight, and has no message', () => {
    const body = {
      ...aClick(),
      container: { type: 'view', view_id: 'V1' },
      view: view({ type: 'home' }),
      channel: undefined,
      response_url: undefined,
    };
    expect(readDeed(body, START)).toMatchObject({
      responseUrl: null,
      act: {
        place: 'home',
        private: true,
        postedAt: null,
        copy: false,
        view: { id: 'V1', metadata: 'front' },
      },
    });
  });

  test('in a modal brings what its fields hold', () => {
    const state = { values: { guest: { name: { type: 'plain_text_input', value: 'Anna' } } } };
    const actions = [{ type: 'static_select', action_id: 'codes:door', selected_option: option('door-1') }];
    expect(readDeed(aClick({ view: view({ state }), actions }), START)?.act).toMatchObject({
      place: 'modal',
      actionId: 'codes:door',
      view: { values: { guest: ['Anna'] } },
    });
  });
});

test.each(['shortcut', 'message_action'])('a %s is who, and which', (type) => {
  const body = { type, ...common, callback_id: 'shortcut:open' };
  expect(readDeed(body, START)).toEqual({
    ...who,
    responseUrl: null,
    act: { kind: 'shortcut', callbackId: 'shortcut:open' },
  });
  expect(readDeed({ ...body, callback_id: undefined }, START)).toBeNull();
});

test('the opening of Home is who; that of another tab is nothing', () => {
  const body = (event: object) => ({
    type: 'event_callback',
    team_id: 'T0HOME',
    event_id: 'Ev1',
    event: { type: 'app_home_opened', user: 'U0OLIVIA', tab: 'home', ...event },
  });
  expect(readDeed(body({}), START)).toEqual({
    actor: who.actor,
    interaction: 'Ev1:T0HOME:U0OLIVIA',
    triggerId: null,
    responseUrl: null,
    act: { kind: 'home_opened' },
  });
  expect(readDeed(body({ tab: 'messages' }), START)).toBeNull();
  expect(readDeed(body({ user: undefined }), START)).toBeNull();
});

test('what is typed into a select is a question, and nothing that was done', () => {
  const body = { type: 'block_suggestion', user, action_id: 'shortcut:door', value: 'fro', view: view() };
  expect(readSuggestion(body)).toEqual({
    actor: who.actor,
    actionId: 'shortcut:door',
    query: 'fro',
  });
  expect(readDeed(body, START)).toBeNull();
  expect(readSuggestion(aClick())).toBeNull();
});
