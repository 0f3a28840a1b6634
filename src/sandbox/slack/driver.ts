/** A typed client of the drive API, for tests and benchmarks. */
import * as z from 'zod';
import type * as drive from './drive.ts';
import type * as acts from './drive-acts.ts';

export interface SlackDriver {
  command(act: acts.CommandAct): Promise<drive.Acknowledged>;
  click(act: acts.ClickAct): Promise<drive.Acknowledged>;
  suggest(act: acts.SuggestAct): Promise<drive.Acknowledged>;
  submit(act: acts.SubmitAct): Promise<drive.Acknowledged>;
  dismiss(act: acts.DismissAct): Promise<drive.Acknowledged>;
  home(act: acts.HomeAct): Promise<drive.Acknowledged>;
  shortcut(act: acts.ShortcutAct): Promise<drive.Acknowledged>;
  workflow(act: acts.WorkflowAct): Promise<drive.Acknowledged>;
  share(act: acts.ShareAct): Promise<{ message: string }>;
  person(act: acts.PersonAct): Promise<drive.Acknowledged>;
  deliver(act: acts.DeliverAct): Promise<drive.Acknowledged>;
  faults(faults: drive.Fault[]): Promise<void>;
  clock(act: acts.ClockAct): Promise<void>;
  socket(act: acts.SocketAct): Promise<void>;
  view(as: string): Promise<drive.View>;
  calls(since?: number): Promise<drive.Call[]>;
}

const complaint = z.object({ error: z.string() });

/** Drives the local Slack at `url`; an act that is not possible throws, with the reason. */
export function slackDriver(url: string): SlackDriver {
  const get = <T>(path: string) => ask<T>(`${url}/drive/${path}`);
  const post = <T>(name: string, act: unknown) =>
    ask<T>(`${url}/drive/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(act),
    });
  const act = (name: string) => (one: unknown) => post<drive.Acknowledged>(name, one);
  return {
    command: act('command'),
    click: act('click'),
    suggest: act('suggest'),
    submit: act('submit'),
    dismiss: act('dismiss'),
    home: act('home'),
    shortcut: act('shortcut'),
    workflow: act('workflow'),
    share: (one) => post('share', one),
    person: act('person'),
    deliver: act('deliver'),
    faults: (faults) => post('faults', faults),
    clock: (one) => post('clock', one),
    socket: (one) => post('socket', one),
    view: (as) => get(`view?as=${encodeURIComponent(as)}`),
    calls: (since = 0) => get(`calls?since=${since}`),
  };
}

/** What the server answers is what `drive.ts` says: both ends are ours, so it is taken at its word. */
async function ask<T>(url: string, init?: RequestInit): Promise<T> {
  const response = await fetch(url, init);
  if (response.ok) return z.custom<T>((value) => typeof value === 'object').parse(await response.json());
  const reason = complaint.safeParse(await response.json());
  throw new Error(reason.success ? reason.data.error : `${url}: ${response.status}`);
}
