import { type Told, toldByMessage, toldByView } from './told.ts';

/** The workspace of the sink. */
export const TEAM = 'T0PROOF';

/** The methods of Slack's Web API that the bot calls, as far as the bot looks at their answers. */
export class SinkMethods {
  /** By the person told, and by the trigger that opened the modal. */
  readonly directs = new Map<string, Told[]>();
  readonly homes = new Map<string, Told[]>();
  readonly modals = new Map<string, Told[]>();
  /** How often each modal was opened, each file shown, and each step ended. */
  readonly done = new Map<string, number>();
  readonly #origin: string;
  #files = 0;

  /** `origin`: of the addresses for files. */
  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Does it, and gives the answer; throws for a method that is not played. */
  answer(method: string, fields: Readonly<Record<string, string>>): object {
    const { user = '', channel = '', user_id: userId = '' } = fields;
    const { trigger_id: trigger = '', view_id: viewId = '', view } = fields;
    switch (method) {
      case 'auth.test':
        return { team_id: TEAM, user_id: 'U0BOT', bot_id: 'B0BOT', is_enterprise_install: false };
      case 'users.info': {
        const no = { deleted: false, is_restricted: false, is_ultra_restricted: false };
        return { user: { id: user, team_id: TEAM, ...no } };
      }
      case 'chat.postMessage':
        keep(this.directs, channel, toldByMessage(fields));
        return { channel: `D${channel}`, ts: '1.1' };
      case 'chat.update':
        keep(this.directs, channel.slice(1), toldByMessage(fields));
        return {};
      case 'views.open':
        this.#count(`the modal of ${trigger}`);
        keep(this.modals, trigger, toldByView(view));
        return { view: { id: trigger } };
      case 'views.update':
        keep(this.modals, viewId, toldByView(view));
        return {};
      case 'views.publish':
        keep(this.homes, userId, toldByView(view));
        return {};
      case 'files.getUploadURLExternal':
        this.#files += 1;
        return { upload_url: `${this.#origin}/upload/${this.#files}`, file_id: `F${this.#files}` };
      case 'files.completeUploadExternal':
        this.#count(`the files ${fields.files}`);
        return {};
      case 'functions.completeSuccess':
      case 'functions.completeError':
        return this.#end(fields.function_execution_id ?? '');
      default:
        throw new Error(`the sink does not play ${method}`);
    }
  }

  /** As in Slack, the first end is the only one. */
  #end(execution: string): object {
    if (this.done.has(`the step ${execution}`)) return { ok: false, error: 'execution_not_in_running_state' };
    this.#count(`the step ${execution}`);
    return {};
  }

  #count(what: string): void {
    this.done.set(what, (this.done.get(what) ?? 0) + 1);
  }
}

/** Puts it behind what is there. */
export function keep(map: Map<string, Told[]>, key: string, told: Told): void {
  map.set(key, [...(map.get(key) ?? []), told]);
}
