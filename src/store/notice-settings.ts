import { type NoticeSettings, USUAL_SETTINGS } from '../domain/notice.ts';
import type { SlackIdentity } from '../domain/person.ts';
import { kindsColumn } from './columns.ts';
import type { Runner } from './runner.ts';

/** What each person wants to be told of. */
export interface NoticeSettingsOf {
  /** What they chose, else what is usual. */
  of(who: SlackIdentity): Promise<NoticeSettings>;
  save(who: SlackIdentity, settings: NoticeSettings): Promise<void>;
}

/** What people want to be told of, in the database. Each method throws a StoreError when that cannot be done. */
export function createNoticeSettings(runner: Runner): NoticeSettingsOf {
  return {
    async of({ scope, userId }) {
      const row = await runner.run((db) =>
        db
          .selectFrom('notice_settings')
          .select(['kinds', 'quiet_from', 'quiet_to'])
          .where('scope', '=', scope)
          .where('slack_user_id', '=', userId)
          .executeTakeFirst(),
      );
      if (row === undefined) return USUAL_SETTINGS;
      const { kinds, quiet_from: fromMinute, quiet_to: toMinute } = row;
      return {
        kinds: kindsColumn.read(kinds),
        quiet: fromMinute === null || toMinute === null ? null : { fromMinute, toMinute },
      };
    },

    async save({ scope, userId }, { kinds, quiet }) {
      const chosen = {
        kinds: kindsColumn.write(kinds),
        quiet_from: quiet?.fromMinute ?? null,
        quiet_to: quiet?.toMinute ?? null,
      };
      await runner.run((db) =>
        db
          .insertInto('notice_settings')
          .values({ scope, slack_user_id: userId, ...chosen })
          .onConflict((conflict) => conflict.columns(['scope', 'slack_user_id']).doUpdateSet(chosen))
          .execute(),
      );
    },
  };
}
