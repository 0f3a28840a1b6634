/**
 * How a page, a test or a benchmark drives the local Seam and its doors: plain HTTP beside Seam's own API.
 * Each call is `POST /drive/<name>` with the JSON named here unless it says GET.
 */

import type { By } from './lock.ts';

/** How a lock behaves when it is asked to move. */
export type Fate =
  /** Moves after `ms` (default 600) and confirms it. */
  | { kind: 'works'; ms?: number }
  /** Moves, but the action attempt says `was_confirmed_by_device: false`. */
  | { kind: 'unconfirmed'; ms?: number }
  /** The action attempt ends in `error` with Seam's type and message, e.g. `device_offline`, `device_low_battery`. */
  | { kind: 'fails'; type: string; message: string; ms?: number }
  /** The action attempt stays `pending` for good. */
  | { kind: 'hangs' };

/** A door as the panel beside the page shows it. */
export interface DoorPanel {
  deviceId: string;
  name: string;
  brand: string;
  /** The e-mail address of the account that it belongs to. */
  account: string;
  connected: boolean;
  locked: boolean | null;
  /** True while an action attempt moves it. */
  moving: boolean;
  online: boolean;
  /** 0 to 1, or null for a wired lock. */
  battery: number | null;
  fate: Fate;
  /** Whether the door stands open, or null where there is no sensor. */
  doorOpen: boolean | null;
  /** After how long it locks again by itself, or null where it does not. */
  autoLockMs: number | null;
}

/** `GET /drive/view`. `GET /drive/stream` (server-sent events) sends `data: changed` when it is worth reading again. */
export interface View {
  workspace: { name: string; sandbox: boolean };
  doors: DoorPanel[];
}

/** `/drive/door`: changes a door: by hand at the lock, or its circumstances. Sends the matching event. */
export interface DoorAct {
  deviceId: string;
  locked?: boolean | null;
  /** What moves the bolt to `locked`: by hand unless it says otherwise. */
  by?: By;
  /** Locks again by itself so long after it is unlocked (`lock.locked`, automatic), or never. */
  autoLockMs?: number | null;
  /** What the sensor of a door that has one says. */
  doorOpen?: boolean;
  /** Somebody opens or moves the lock itself (`device.tampered`). */
  tampered?: true;
  online?: boolean;
  battery?: number | null;
  fate?: Fate;
  /** Takes it out of its account at the brand (`device_removed`), or puts it back. */
  removed?: boolean;
}

/** `/drive/keypad`: a person types a PIN at the lock, which opens for each that it holds, whatever Seam knows. */
export interface KeypadAct {
  deviceId: string;
  code: string;
}

/** What `/drive/keypad` answers. */
export interface KeypadResult {
  opened: boolean;
}

/** `/drive/code`: puts a PIN on the lock in the brand's own app (Seam calls it unmanaged), or takes it out. */
export interface CodeAct {
  deviceId: string;
  code: string;
  name?: string;
  removed?: true;
}

/** `/drive/login`: what the login page does, without a browser: ends a Connect Webview. */
export interface LoginAct {
  connectWebviewId: string;
  provider: string;
  email: string;
  password: string;
}

/** What `/drive/login` answers: how the login ended, and the account that the link led to. */
export interface LoginResult {
  result: 'connected' | 'wrong_credentials' | 'unknown_brand' | 'locked_out' | 'closed';
  connectedAccountId: string | null;
}

/** `/drive/faults` replaces all faults in force (an empty list ends them). `at` is an API path such as
 * `/locks/unlock_door`, or `*`. `status` answers without doing; `after: true` does the work first, then fails,
 * as a proxy that loses the answer would. */
export type Fault =
  | {
      at: string;
      do: 'status';
      status: number;
      body?: string;
      contentType?: string;
      retryAfter?: number;
      times?: number;
      after?: boolean;
    }
  | { at: string; do: 'hang' | 'reset' | 'truncate'; times?: number; after?: boolean }
  | { at: string; do: 'delay'; ms: number; times?: number };

/** `/drive/clock`: moves the local Seam's clock ahead, for sessions and webviews that expire. */
export interface ClockAct {
  advanceMs: number;
}

/** `/drive/account`: ends an account's sign-in (`account_disconnected` on it and its doors), or restores it. */
export interface AccountAct {
  email: string;
  signedIn: boolean;
  /** Lets the brand ask for a new sign-in (`account_reauthorization_requested`), which signing in again settles. */
  reauthorize?: true;
}

/** `GET /drive/calls?since=N`: every API request received, in order, the key left out. */
export interface Call {
  n: number;
  at: number;
  path: string;
  body: Record<string, unknown>;
  /** The status that we answered, or null for a hang or a reset. */
  status: number | null;
}
