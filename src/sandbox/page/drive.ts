/** The page's calls to the two local servers, and their streams. */
import type { AccountAct, DoorAct, View as House, KeypadAct, KeypadResult } from '../seam/drive.ts';
import type { Acknowledged, View } from '../slack/drive.ts';
import type {
  ClickAct,
  CommandAct,
  DismissAct,
  HomeAct,
  ShortcutAct,
  SubmitAct,
  SuggestAct,
  WorkflowAct,
} from '../slack/drive-acts.ts';

/** The server answered, but would not do it; the message is its own. */
export class Refused extends Error {}

async function checked(request: Promise<Response>): Promise<Response> {
  const response = await request;
  if (!response.ok) {
    const { error } = await response.json();
    throw new Refused(typeof error === 'string' ? error : error.message);
  }
  return response;
}

async function read<T>(url: string): Promise<T> {
  return (await checked(fetch(url))).json();
}

function send(url: string, act: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return checked(fetch(url, { method: 'POST', headers, body: JSON.stringify(act) }));
}

async function act(name: string, body: object): Promise<Acknowledged> {
  return (await send(`/drive/${name}`, body)).json();
}

/** What a person can do in the local Slack, which also serves this page. */
export const slack = {
  view: (as: string): Promise<View> => read(`/drive/view?as=${encodeURIComponent(as)}`),
  stream: (as: string): EventSource => new EventSource(`/drive/stream?as=${encodeURIComponent(as)}`),
  command: (body: CommandAct): Promise<Acknowledged> => act('command', body),
  click: (body: ClickAct): Promise<Acknowledged> => act('click', body),
  submit: (body: SubmitAct): Promise<Acknowledged> => act('submit', body),
  dismiss: (body: DismissAct): Promise<Acknowledged> => act('dismiss', body),
  home: (body: HomeAct): Promise<Acknowledged> => act('home', body),
  shortcut: (body: ShortcutAct): Promise<Acknowledged> => act('shortcut', body),
  workflow: (body: WorkflowAct): Promise<Acknowledged> => act('workflow', body),
  suggest: (body: SuggestAct): Promise<Acknowledged> => act('suggest', body),
};

/** Where the local Seam is, as the server wrote it into the page. */
export const seamUrl: string =
  document.querySelector('meta[name="seam-url"]')?.getAttribute('content') ?? location.origin;

/** What a person can do to the doors themselves. */
export const seam = {
  view: (): Promise<House> => read(`${seamUrl}/drive/view`),
  stream: (): EventSource => new EventSource(`${seamUrl}/drive/stream`),
  door: (body: DoorAct): Promise<Response> => send(`${seamUrl}/drive/door`, body),
  keypad: async (body: KeypadAct): Promise<KeypadResult> =>
    (await send(`${seamUrl}/drive/keypad`, body)).json(),
  account: (body: AccountAct): Promise<Response> => send(`${seamUrl}/drive/account`, body),
};
