import { randomUUID } from 'node:crypto';
import type { ConnectWebview } from 'seam';
import type { Brand } from './brands.ts';
import type { Clock } from './clock.ts';
import type { Fate } from './drive.ts';
import type { Keypad, Pin } from './lock.ts';

export type Metadata = Record<string, string | boolean>;

/** A client session: what ties one of the app's people to connected accounts. */
export interface Session {
  id: string;
  key: string | null;
  token: string;
  webviewIds: Set<string>;
  accountIds: Set<string>;
  createdAt: string;
  expiresAt: number;
  revoked: boolean;
}

/** A Connect Webview: one link for one login. */
export interface Webview {
  seq: number;
  id: string;
  authToken: string;
  formToken: string;
  status: ConnectWebview['status'];
  providers: string[];
  anyProvider: boolean;
  capabilities: ConnectWebview['accepted_capabilities'];
  deviceSelectionMode: ConnectWebview['device_selection_mode'];
  manageNewDevices: boolean;
  waitForDevices: boolean;
  metadata: Metadata;
  redirectUrl: string | null;
  failureUrl: string | null;
  createdAt: string;
  expiresAt: number;
  authorizedAt: string | null;
  accountId: string | null;
  selectedProvider: string | null;
  /** A login that waits for the brand's code. */
  awaitingCode: { provider: string; email: string } | null;
  /** True while a login is being finished, so that a second one cannot slip in. */
  busy: boolean;
}

/** A sign-in to a brand, shared by everyone whose session holds it. */
export interface Account {
  seq: number;
  id: string;
  brand: Brand;
  email: string;
  metadata: Metadata;
  capabilities: ConnectWebview['accepted_capabilities'];
  manageNewDevices: boolean;
  createdAt: string;
  /** When its sign-in ended, or null while it works. */
  signedOutAt: string | null;
  /** When the brand asked to sign in again, or null. */
  reauthorizationAt: string | null;
}

/** A lock on a wall, or a thermostat: it is there whether or not Seam knows of it. */
export interface Door {
  seq: number;
  name: string;
  kind: 'lock' | 'thermostat';
  brand: Brand;
  email: string;
  place: string;
  /** Seam's name for it; a new one each time that its account is connected afresh. */
  deviceId: string;
  /** The account by which Seam knows it, or null before and after. */
  account: Account | null;
  createdAt: string;
  /** Where the bolt is. */
  locked: boolean | null;
  /** Where Seam last saw the bolt: nothing is heard from a lock that is out of reach. */
  seenLocked: boolean | null;
  battery: number | null;
  fate: Fate;
  /** When it went offline, or null while it is online. */
  offlineAt: string | null;
  /** When it was taken out of its account at the brand, or null. */
  removedAt: string | null;
  canUnlockRemotely: boolean;
  canLockRemotely: boolean;
  /** After how long it locks again by itself once it is unlocked, or null where it does not. */
  autoLockMs: number | null;
  /** Calls off a locking by itself that is to come. */
  stopAutoLock: (() => void) | null;
  /** Whether the door stands open, or null where there is no sensor. */
  doorOpen: boolean | null;
  /** What Seam last heard of the sensor. */
  seenDoorOpen: boolean | null;
  keypad: Keypad;
  /** The PINs that the lock itself takes. */
  pins: Set<Pin>;
  /** Seam's ids of those that it saw there and does not manage. */
  unmanaged: Map<Pin, string>;
  /** How many action attempts are moving it. */
  moving: number;
}

/** A code for a keypad, from its making to its removal. */
export interface Code {
  seq: number;
  id: string;
  door: Door;
  code: string;
  name: string | null;
  startsAt: number | null;
  endsAt: number | null;
  externalModification: boolean;
  createdAt: string;
  status: 'setting' | 'set' | 'unset' | 'removing';
  /** What the lock itself holds of it. */
  pin: Pin | null;
  /** True where the maker computes it, for a lock without a connection. */
  offline: boolean;
  oneTime: boolean;
  error: CodeError | null;
  delayedSince: string | null;
  pending: Mutation[];
  /** The action attempts that the next step settles. */
  attempts: Attempt[];
  /** Calls off what the lock is to do next, or null while it is to do nothing. */
  stopWork: (() => void) | null;
  /** Calls off what waits for a time. */
  timers: (() => void)[];
}

export interface CodeError {
  code:
    | 'failed_to_set_on_device'
    | 'failed_to_remove_from_device'
    | 'duplicate_code_on_device'
    | 'no_space_for_access_code_on_device';
  message: string;
  createdAt: string;
  duplicateOf: { managed_access_code_id: string } | { unmanaged_access_code_id: string } | null;
}

export type Mutation = { createdAt: string } & (
  | { kind: 'creating' | 'deleting' }
  | { kind: 'updating_code'; from: string; to: string }
  | { kind: 'updating_name'; from: string | null; to: string | null }
  | { kind: 'updating_time_frame'; from: TimeFrame; to: TimeFrame }
);

export interface TimeFrame {
  startsAt: number | null;
  endsAt: number | null;
}

export type AttemptType =
  | 'LOCK_DOOR'
  | 'UNLOCK_DOOR'
  | 'CREATE_ACCESS_CODE'
  | 'UPDATE_ACCESS_CODE'
  | 'DELETE_ACCESS_CODE';

/** An action that takes its time. */
export interface Attempt {
  seq: number;
  id: string;
  type: AttemptType;
  deviceId: string;
  status: 'pending' | 'success' | 'error';
  result: object | null;
  error: { type: string; message: string } | null;
}

/** What Seam tells of, in the API's list and by webhook. */
export interface SeamOccurrence {
  event_id: string;
  event_type: string;
  created_at: string;
  occurred_at: string;
  workspace_id: string;
  [field: string]: unknown;
}

/** Everything the local Seam knows, and who wants to hear of changes. */
export class World {
  readonly clock: Clock;
  readonly workspace: { id: string; name: string; sandbox: boolean };
  readonly sessions = new Map<string, Session>();
  readonly webviews = new Map<string, Webview>();
  /** The auth tokens of deleted webviews by id, so that their page can say that the link was withdrawn. */
  readonly withdrawn = new Map<string, string>();
  readonly accounts = new Map<string, Account>();
  /** The doors of every brand and e-mail that ever signed in, by `brand e-mail`. */
  readonly houses = new Map<string, Door[]>();
  /** The doors that Seam knows, by device id. */
  readonly devices = new Map<string, Door>();
  readonly attempts = new Map<string, Attempt>();
  readonly codes = new Map<string, Code>();
  readonly events: SeamOccurrence[] = [];
  /** Where this server is reached; known once it listens. */
  url = '';
  readonly #eventListeners = new Set<(event: SeamOccurrence) => void>();
  readonly #changeListeners = new Set<() => void>();
  #seq = 0;

  constructor(clock: Clock, sandbox: boolean) {
    this.clock = clock;
    this.workspace = { id: randomUUID(), name: sandbox ? 'Local sandbox' : 'Local workspace', sandbox };
  }

  /** The next number in order of making; pages of a list follow it. */
  nextSeq(): number {
    this.#seq += 1;
    return this.#seq;
  }

  /** Records an event and tells whoever listens (the webhooks). */
  emit(type: string, fields: Record<string, unknown>): void {
    const at = this.clock.iso();
    const event: SeamOccurrence = {
      ...fields,
      event_id: randomUUID(),
      event_type: type,
      created_at: at,
      occurred_at: at,
      workspace_id: this.workspace.id,
    };
    this.events.push(event);
    for (const listener of this.#eventListeners) listener(event);
  }

  /** Says that something that the panel shows is different now. */
  changed(): void {
    for (const listener of this.#changeListeners) listener();
  }

  onEvent(listener: (event: SeamOccurrence) => void): void {
    this.#eventListeners.add(listener);
  }

  onChange(listener: () => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }
}
