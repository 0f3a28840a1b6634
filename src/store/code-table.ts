/** The columns of a code for a guest. Its PIN is not among them. */
export interface CodeTable {
  id: string;
  /** One row for one thing that a person did. */
  interaction: string;
  scope: string;
  slack_user_id: string;
  device_id: string;
  /** Both null until its door was asked of Seam. */
  door_name: string | null;
  connected_account_id: string | null;
  guest: string | null;
  /** Null for now. */
  starts_at: number | null;
  ends_at: number;
  /** 1 where the lock's maker computed it. */
  offline: number;
  access_code_id: string | null;
  /** What it is called on the lock, by which it is found again. */
  lock_name: string | null;
  /** JSON: how it stands. */
  standing: string;
  /** 1 once nothing more will come of it. */
  over: number;
  requested_at: number;
  /** Committed before Seam is asked for it: null means that it was certainly not. */
  sent_at: number | null;
  /** When its owner wanted it gone. */
  revoked_at: number | null;
  /** When its standing last changed. */
  changed_at: number;
  /** JSON: the standing that the person saw last, and when. */
  told: string | null;
  told_at: number | null;
  /** The direct message that follows it. */
  channel_id: string | null;
  message_ts: string | null;
  response_url: string | null;
  response_url_expires_at: number;
}
