import type { Selectable } from 'kysely';
import { installationScope, type NoticeId, noticeId, slackUserId, type TimerId } from '../domain/ids.ts';
import type { Notice } from '../domain/notice.ts';
import type { SlackIdentity } from '../domain/person.ts';
import type { Log } from '../log.ts';
import { noticeAboutColumn } from './columns.ts';
import { forgetInSlices } from './forget.ts';
import { readable } from './readable.ts';
import type { Runner } from './runner.ts';
import type { Schema } from './schema.ts';
import type { Timer } from './timers.ts';

/** A notice that waits for its timer; it was to be told at `dueAt`, ms. */
export interface WaitingNotice extends Notice {
  readonly dueAt: number;
}

/** What people are to be told of: with a timer for each message, which may tell several. */
export interface Notices {
  /**
   * Keeps it, and sees to it that it is told: with the first message to this person that waits and falls due from
   * `soonest` (ms) to when `timer` would, else by `timer`. False when it was known, so that one thing is told once.
   */
  add(notice: Notice, timer: Timer, soonest: number): Promise<boolean>;
  /** What this timer has to tell, oldest first. */
  waiting(timer: TimerId): Promise<readonly WaitingNotice[]>;
  /** Lets another timer tell what this one could not. */
  postpone(from: TimerId, to: Timer): Promise<void>;
  /** They were told at `at`, ms, or are not to be told any more. */
  end(ids: readonly NoticeId[], state: 'told' | 'dropped', at: number): Promise<void>;
  /** When this person was told something after `since`, ms: a moment for each message, oldest first. */
  tellings(who: SlackIdentity, since: number): Promise<readonly number[]>;
  /** Forgets those of before `before`, ms. */
  forget(before: number): Promise<void>;
}

/** What people are to be told, in the database. Each method throws a StoreError when that cannot be done. */
export function createNotices(runner: Runner, log: Log): Notices {
  return {
    add: ({ id, who, about, at }, { id: timer, kind, subject, dueAt }, soonest) =>
      runner.atomically(async (db) => {
        const { numInsertedOrUpdatedRows: isNew } = await db
          .insertInto('notice')
          .values({
            id,
            scope: who.scope,
            slack_user_id: who.userId,
            about: noticeAboutColumn.write(about),
            at,
            timer_id: timer,
            due_at: dueAt,
            state: 'waiting',
            ended_at: null,
          })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .executeTakeFirstOrThrow();
        if (isNew !== 1n) return false;
        const other = await db
          .selectFrom('timer')
          .select('id')
          .where('kind', '=', kind)
          .where('subject', '=', subject)
          // One that is being told has been read already.
          .where('run_id', 'is', null)
          .where('due_at', '>=', soonest)
          .where('due_at', '<=', dueAt)
          .orderBy('due_at')
          .limit(1)
          .executeTakeFirst();
        if (other === undefined) {
          await db
            .insertInto('timer')
            .values({ id: timer, kind, subject, due_at: dueAt, run_id: null })
            .execute();
        } else {
          await db.updateTable('notice').set({ timer_id: other.id }).where('id', '=', id).execute();
        }
        return true;
      }),

    async waiting(timer) {
      const rows = await runner.run((db) =>
        db
          .selectFrom('notice')
          .selectAll()
          .where('timer_id', '=', timer)
          .where('state', '=', 'waiting')
          .orderBy('at')
          .orderBy('id')
          .execute(),
      );
      return readable(rows, noticeOf, log);
    },

    postpone: (from, { id, kind, subject, dueAt }) =>
      runner.atomically(async (db) => {
        await db.insertInto('timer').values({ id, kind, subject, due_at: dueAt, run_id: null }).execute();
        await db
          .updateTable('notice')
          .set({ timer_id: id })
          .where('timer_id', '=', from)
          .where('state', '=', 'waiting')
          .execute();
      }),

    async end(ids, state, at) {
      if (ids.length === 0) return;
      await runner.run((db) =>
        db.updateTable('notice').set({ state, ended_at: at }).where('id', 'in', ids).execute(),
      );
    },

    async tellings({ scope, userId }, since) {
      const rows = await runner.run((db) =>
        db
          .selectFrom('notice')
          .select('ended_at')
          .distinct()
          .where('scope', '=', scope)
          .where('slack_user_id', '=', userId)
          .where('state', '=', 'told')
          .where('ended_at', '>', since)
          .orderBy('ended_at')
          .execute(),
      );
      return rows.flatMap(({ ended_at }) => ended_at ?? []);
    },

    forget: (before) => forgetInSlices(runner, 'notice', before),
  };
}

function noticeOf(row: Selectable<Schema['notice']>): WaitingNotice {
  return {
    id: noticeId(row.id),
    who: { scope: installationScope(row.scope), userId: slackUserId(row.slack_user_id) },
    about: noticeAboutColumn.read(row.about),
    at: row.at,
    dueAt: row.due_at,
  };
}
