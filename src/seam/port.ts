import type { Account, Door } from '../domain/door.ts';
import type { Happening, TypedCode } from '../domain/happening.ts';
import type {
  AccessCodeId,
  ActionAttemptId,
  ConnectedAccountId,
  ConnectWebviewId,
  DeviceId,
  UserIdentifierKey,
} from '../domain/ids.ts';
import type { Verb } from '../domain/move.ts';

/** A link through which one person signs in to one account. The url is a secret. */
export interface ConnectWebview {
  readonly id: ConnectWebviewId;
  readonly url: string;
}

/** What became of a link. `gone` is a link that Seam does not know any more. */
export type WebviewState =
  | { readonly kind: 'pending' }
  | { readonly kind: 'authorized'; readonly accountId: ConnectedAccountId }
  | { readonly kind: 'failed' }
  | { readonly kind: 'gone' };

/** Where what was asked of a lock stands (Seam's action attempt). */
export type Attempt = { readonly id: ActionAttemptId; readonly verb: Verb } & (
  | { readonly kind: 'pending' }
  | { readonly kind: 'success'; readonly confirmed: boolean }
  | { readonly kind: 'error'; readonly type: string; readonly message: string }
);

/** A code on a lock, as Seam knows it now. Its PIN is a secret of whoever had it made. */
export interface AccessCode {
  readonly id: AccessCodeId;
  readonly deviceId: DeviceId;
  readonly name: string | null;
  /** Null where Seam does not know it yet. */
  readonly pin: string | null;
  /** `unset`: the lock takes it later. `unknown`: Seam cannot say, as while its account is signed out. */
  readonly status: 'setting' | 'set' | 'unset' | 'removing' | 'unknown';
  /** What is wrong with it, by Seam's codes; the lock's own troubles and its account's are among them. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** A code that somebody wants. Moments are ms; a start of null is now. */
export interface AccessCodeWish {
  readonly deviceId: DeviceId;
  readonly name: string;
  readonly startsAt: number | null;
  readonly endsAt: number;
  /** How many digits; null for as many as the lock's maker likes. */
  readonly digits: number | null;
  /** One that the lock's maker computes; `daily` where it lasts whole days. Null for one that is sent to the lock. */
  readonly offline: { readonly daily: boolean } | null;
}

/** One of Seam's pages of a person's devices, with only the doors among them. */
export interface DoorPage {
  readonly doors: readonly Door[];
  /** Seam's cursor of the next page; it only goes forward. */
  readonly next: string | null;
}

/** What Seam told us, of all the types that matter here. */
export type SeamEvent =
  | { readonly kind: 'webview_ended'; readonly webviewId: ConnectWebviewId }
  | { readonly kind: 'happened'; readonly happening: Happening }
  | { readonly kind: 'account_changed'; readonly accountId: ConnectedAccountId; readonly signedIn: boolean }
  | { readonly kind: 'code_changed'; readonly codeId: AccessCodeId; readonly deviceId: DeviceId }
  /** A battery is good again, or not any more; `at` is when, ms. */
  | {
      readonly kind: 'battery_changed';
      readonly deviceId: DeviceId;
      /** Null where Seam does not say. */
      readonly accountId: ConnectedAccountId | null;
      readonly isGood: boolean;
      readonly at: number;
    };

/** An event that Seam was asked for. */
export interface ListedEvent {
  /** By which the same is known again. */
  readonly id: string;
  /** When it happened, ms. */
  readonly at: number;
  readonly event: SeamEvent;
}

/**
 * What Latchbolt needs of Seam, and nothing else. Each method is one call unless it says otherwise, and throws
 * a `SeamError`, never an error of a library: those carry the API key.
 */
export interface SeamPort {
  /** The workspace that the API key opens. */
  workspace(): Promise<{ name: string; sandbox: boolean }>;

  /** Gives the person a client session that lives until `expiresAt` (ms), or prolongs the one that is there. */
  openClientSession(key: UserIdentifierKey, expiresAt: number): Promise<void>;
  /** Makes a link for one login. */
  createConnectWebview(): Promise<ConnectWebview>;
  /** Ties what is connected through the link to the person. */
  grantConnectWebview(key: UserIdentifierKey, id: ConnectWebviewId): Promise<void>;
  /**
   * Gives the person these accounts, one call each. The answer names those that Seam does not know any more,
   * which do not keep the person from the others.
   */
  grantAccounts(
    key: UserIdentifierKey,
    ids: readonly ConnectedAccountId[],
  ): Promise<readonly ConnectedAccountId[]>;
  connectWebview(id: ConnectWebviewId): Promise<WebviewState>;
  /** Withdraws a link. One that is gone already is fine. */
  deleteConnectWebview(id: ConnectWebviewId): Promise<void>;

  /** The person's accounts that can be read. */
  accounts(key: UserIdentifierKey): Promise<readonly Account[]>;
  /** Deletes an account for everybody. One that is gone already is fine. */
  deleteAccount(id: ConnectedAccountId): Promise<void>;
  /**
   * Replaces all of the person's client sessions by one that holds just these accounts: Seam has no call that
   * takes one account out of a session. Several calls.
   */
  replaceClientSessions(
    key: UserIdentifierKey,
    accounts: readonly ConnectedAccountId[],
    expiresAt: number,
  ): Promise<void>;

  /**
   * A page of the person's doors, of which those that cannot be read are left out. `limit` counts Seam's devices,
   * and Seam might send more.
   */
  doors(key: UserIdentifierKey, cursor: string | null, limit: number): Promise<DoorPage>;
  /** The first doors of one account, of the person. */
  doorsOfAccount(key: UserIdentifierKey, account: ConnectedAccountId): Promise<DoorPage>;
  /** Those of these doors that are this person's, in the order of the ids; no call for none. */
  doorsById(key: UserIdentifierKey, ids: readonly DeviceId[]): Promise<readonly Door[]>;
  /** The door if it is this person's, asked of Seam now; null for any doubt. */
  door(key: UserIdentifierKey, id: DeviceId): Promise<Door | null>;

  /**
   * What happened in the whole workspace, but to links, from `since`, ms, on, oldest first; what is dated after `now`, ms,
   * happened now.
   * One call; where that is too much for one answer it takes more, and what came after the first may be missing.
   */
  events(since: number, now: number): Promise<readonly ListedEvent[]>;
  /**
   * What those of these codes are called that have a name, whoever put them on their locks. One call, and one more for
   * each door with a code that was not put there by Seam; none for no codes.
   */
  codeNames(typed: readonly TypedCode[]): Promise<ReadonlyMap<AccessCodeId, string>>;

  /** Asks the lock to unlock or lock: one POST, never repeated. */
  move(id: DeviceId, verb: Verb): Promise<Attempt>;
  /** Where that stands: an answer about anything else is a lost one. */
  attempt(id: ActionAttemptId, verb: Verb): Promise<Attempt>;

  /** Asks for a code on a lock: one POST, never repeated. Seam chooses the PIN. */
  createCode(wish: AccessCodeWish): Promise<AccessCode>;
  /** The code; null for one that Seam does not know any more. */
  code(id: AccessCodeId): Promise<AccessCode | null>;
  /** Those of these codes that Seam knows. One call; none for no ids. */
  codes(ids: readonly AccessCodeId[]): Promise<readonly AccessCode[]>;
  /** All codes of a lock that Seam put there. */
  codesOf(id: DeviceId): Promise<readonly AccessCode[]>;
  /** Asks the lock to forget a code, which takes its time. One that is gone already is fine. */
  deleteCode(id: AccessCodeId): Promise<void>;
}
