import type { Kysely } from 'kysely';
import type { HappeningKind, How, SeenHow } from '../domain/happening.ts';
import type { Verb, Via } from '../domain/move.ts';
import type { Standing } from '../domain/person.ts';
import type { CodeTable } from './code-table.ts';

/** The tables, as rows of plain columns: SQLite and PostgreSQL store them alike. Times are ms since the epoch. */
export interface Schema {
  person: {
    scope: string;
    slack_user_id: string;
    user_identifier_key: string;
    created_at: number;
    /** When Seam's client session of this person ends; null before there is one. */
    client_session_expires_at: number | null;
    /** What Slack last said of them, and when; null before it was asked. */
    standing: Standing | null;
    standing_at: number | null;
    /** Their time zone as Slack names it, e.g. `Europe/Berlin`; null where it does not say. */
    tz: string | null;
    /** When they stopped their own unlocks; null while they may unlock. */
    paused_at: number | null;
  };
  account: {
    user_identifier_key: string;
    connected_account_id: string;
    /** `leaving` denies this person the account's doors already. */
    status: 'connected' | 'leaving';
    connected_at: number;
  };
  connect: {
    id: string;
    scope: string;
    slack_user_id: string;
    connect_webview_id: string;
    status: 'waiting' | 'connected' | 'failed' | 'withdrawn';
    connected_account_id: string | null;
    created_at: number;
    expires_at: number;
    ended_at: number | null;
    told_at: number | null;
    response_url: string | null;
    response_url_expires_at: number;
    /** The run that looks after it; null once nothing is left to do. */
    run_id: string | null;
  };
  listing: {
    id: string;
    scope: string;
    slack_user_id: string;
    shown_at: number;
    /** JSON: where each page up to the one that is shown begins. */
    cursors: string;
    next_cursor: string | null;
    /** JSON: the doors as they were when they were shown. */
    doors: string;
    place: 'message' | 'home';
    /** JSON: which doors it is about, and what it says of them; null for a page of all. */
    about: string | null;
    /** JSON: the accounts that a Home shows; null for a message. */
    accounts: string | null;
  };
  /** A person's own word for a door. */
  alias: {
    scope: string;
    slack_user_id: string;
    /** The word as names are compared. */
    folded: string;
    /** As it was typed. */
    word: string;
    device_id: string;
    connected_account_id: string;
  };
  /** A door that comes first in a person's lists. */
  favourite: {
    scope: string;
    slack_user_id: string;
    device_id: string;
    connected_account_id: string;
    added_at: number;
  };
  move: {
    id: string;
    /** Trigger id, team and user: one row for one thing that a person did. */
    interaction: string;
    scope: string;
    slack_user_id: string;
    device_id: string;
    verb: Verb;
    via: Via;
    door_name: string | null;
    listing_id: string | null;
    state: 'under_way' | 'ended' | 'joined';
    /** For a click that joined a move under way: which. */
    joined_id: string | null;
    action_attempt_id: string | null;
    /** JSON: the outcome. */
    outcome: string | null;
    requested_at: number;
    /** Committed before Seam is asked to move the bolt: null means that it was certainly not. */
    sent_at: number | null;
    ended_at: number | null;
    /** When the person saw the outcome that stands now. */
    told_at: number | null;
    response_url: string | null;
    response_url_expires_at: number;
    /** The step of a workflow that waits for it. */
    execution_id: string | null;
    /** The run that looks after it; null once nothing is left to do. */
    run_id: string | null;
  };
  sighting: {
    device_id: string;
    state: 'locked' | 'unlocked';
    how: SeenHow;
    at: number;
  };
  /** What Seam told of a door. */
  happening: {
    /** Seam's id of the event. */
    id: string;
    device_id: string;
    connected_account_id: string | null;
    kind: HappeningKind;
    how: How | null;
    access_code_id: string | null;
    action_attempt_id: string | null;
    at: number;
  };
  /** When a person stopped their own unlocks, and when they ended that. */
  pause: {
    id: string;
    scope: string;
    slack_user_id: string;
    what: 'paused' | 'resumed';
    at: number;
  };
  /** What is to be done at a later moment. */
  timer: {
    id: string;
    /** Whose it is, as `feature:name`. */
    kind: string;
    /** What it is about, in that feature's own words. */
    subject: string;
    due_at: number;
    /** The run that does it now; null before. */
    run_id: string | null;
  };
  /** A code for a guest. */
  code: CodeTable;
  /** What one person is to be told of, or was. */
  notice: {
    id: string;
    scope: string;
    slack_user_id: string;
    /** JSON: what it is about. */
    about: string;
    at: number;
    /** The timer that tells it, with all others of that timer. */
    timer_id: string;
    due_at: number;
    state: 'waiting' | 'told' | 'dropped';
    ended_at: number | null;
  };
  /** What each person wants to be told of; no row is what is usual. */
  notice_settings: {
    scope: string;
    slack_user_id: string;
    /** JSON: the kinds that are on. */
    kinds: string;
    /** Quiet hours, as minutes of the day; null where there are none. */
    quiet_from: number | null;
    quiet_to: number | null;
  };
  /** What goes on until it is over, so that it is told once. */
  condition: {
    kind: string;
    subject: string;
    since: number;
  };
  /** How far Seam was asked for events; one row. */
  feed: {
    id: string;
    /** The newest event that was heard, ms. */
    since: number;
    next_at: number;
    failures: number;
  };
  /** A door that is followed after an unlock: one row for each person and door, of the newest. */
  follow: {
    move_id: string;
    scope: string;
    slack_user_id: string;
    device_id: string;
    door_name: string;
    /** 0 or 1, as SQLite and PostgreSQL both keep it. */
    can_lock: number;
    place: 'list' | 'home' | 'card';
    unlocked_at: number;
    /** The moment of the newest thing that its message shows. */
    shown_at: number;
    posts_left: number;
    locks_at: number | null;
    lock_tries: number;
    card_channel: string | null;
    card_ts: string | null;
    note_channel: string | null;
    note_ts: string | null;
  };
  /** What a person wants when a door of theirs stays unlocked; null is off. */
  door_setting: {
    scope: string;
    slack_user_id: string;
    device_id: string;
    nudge_after_ms: number | null;
    lock_after_ms: number | null;
  };
  webhook: {
    id: string;
    at: number;
  };
  /** What Slack delivered: one row for each thing that a person did. */
  delivery: {
    interaction: string;
    at: number;
  };
  /** The Latchbolts that work on this database. */
  run: {
    id: string;
    host: string;
    pid: number;
    seen_at: number;
  };
}

/** Our database. */
export type Database = Kysely<Schema>;

/** A database that was opened. */
export interface OpenDatabase {
  readonly db: Database;
  /** Whether what it writes still goes where the next start will look for it. */
  isThere(): Promise<boolean>;
  /**
   * Runs a step whose writes are not waited for on the disk: they outlive a crash of the process, but perhaps not a
   * loss of power. Many times cheaper; not for the journal.
   */
  quickly<Result>(step: (db: Database) => Promise<Result>): Promise<Result>;
}
