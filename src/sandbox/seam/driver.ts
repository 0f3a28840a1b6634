import { z } from 'zod';
import type {
  AccountAct,
  Call,
  ClockAct,
  CodeAct,
  DoorAct,
  Fault,
  KeypadAct,
  KeypadResult,
  LoginAct,
  LoginResult,
  View,
} from './drive.ts';
import { CALL, KEYPAD_RESULT, LOGIN_RESULT, VIEW } from './drive-schemas.ts';

/** Drives the local Seam over HTTP; each method is the path of the same name in `drive.ts`. */
export interface SeamDriver {
  view(): Promise<View>;
  door(act: DoorAct): Promise<void>;
  keypad(act: KeypadAct): Promise<KeypadResult>;
  code(act: CodeAct): Promise<void>;
  login(act: LoginAct): Promise<LoginResult>;
  faults(faults: readonly Fault[]): Promise<void>;
  clock(act: ClockAct): Promise<void>;
  account(act: AccountAct): Promise<void>;
  calls(since?: number): Promise<Call[]>;
}

/** A driver of the local Seam at that address. */
export function seamDriver(url: string): SeamDriver {
  const drive = <S extends z.ZodType>(name: string, schema: S, act: unknown) =>
    ask(new URL(`/drive/${name}`, url), schema, post(act));
  const act = (name: string) => async (what: unknown) => {
    await drive(name, z.unknown(), what);
  };
  return {
    view: () => ask(new URL('/drive/view', url), VIEW),
    door: act('door'),
    keypad: (what) => drive('keypad', KEYPAD_RESULT, what),
    code: act('code'),
    login: (what) => drive('login', LOGIN_RESULT, what),
    faults: act('faults'),
    clock: act('clock'),
    account: act('account'),
    calls: (since = 0) => ask(new URL(`/drive/calls?since=${since}`, url), z.array(CALL)),
  };
}

async function ask<S extends z.ZodType>(url: URL, schema: S, init: RequestInit = {}): Promise<z.output<S>> {
  const answer = await fetch(url, init);
  if (!answer.ok) throw new Error(`${url.pathname} answered ${answer.status}: ${await answer.text()}`);
  return schema.parse(await answer.json());
}

function post(act: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(act) };
}
