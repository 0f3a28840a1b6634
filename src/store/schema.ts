import type { Kysely } from 'kysely';

/** The tables, as rows of plain columns: SQLite and PostgreSQL store them alike. Times are ms since the epoch. */
export interface Schema {
  person: {
    scope: string;
    slack_user_id: string;
    user_identifier_key: string;
    created_at: number;
    /** When Seam's client session of this person ends; null before there is one. */
    client_session_expires_at: number | null;
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
  };
  unlock: {
    id: string;
    /** Team, user and trigger id: one row for one thing that a person did. */
    interaction: string;
    scope: string;
    slack_user_id: string;
    device_id: string;
    door_name: string | null;
    listing_id: string | null;
    state: 'under_way' | 'ended' | 'joined';
    /** For a click that joined an unlock under way: which. */
    joined_id: string | null;
    action_attempt_id: string | null;
    /** JSON: the outcome. */
    outcome: string | null;
    requested_at: number;
    ended_at: number | null;
    /** When the person saw the outcome that stands now. */
    told_at: number | null;
    response_url: string | null;
    response_url_expires_at: number;
  };
  sighting: {
    device_id: string;
    state: 'locked' | 'unlocked';
    at: number;
  };
  webhook: {
    id: string;
    at: number;
  };
}

/** Our database. */
export type Database = Kysely<Schema>;

/** A database that was opened, and whether what it writes still goes where the next start will look for it. */
export interface OpenDatabase {
  readonly db: Database;
  isThere(): Promise<boolean>;
}
