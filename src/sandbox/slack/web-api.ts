/** The Web API: who may call, which methods there are, and how an answer looks. */
import { APP, ENTERPRISE, isForeign, PEOPLE, personById, WORKSPACE } from './cast.ts';
import { chatMethods } from './chat-methods.ts';
import { fileMethods } from './file-methods.ts';
import type { Files } from './files.ts';
import { functionMethods } from './function-methods.ts';
import { type Args, type Result, refuse, textArg } from './methods.ts';
import { type ViewMethodNeeds, viewMethods } from './view-methods.ts';

export interface WebApiNeeds extends ViewMethodNeeds {
  files: Files;
  install: 'workspace' | 'org';
  botToken: string;
  appToken: string;
  /** What the bot token may do. */
  scopes: readonly string[];
  /** An address for one Socket Mode connection, or null where deliveries go over HTTP. */
  ticket: () => string | null;
}

/** The scope that each method takes; those that are not named take none. */
const SCOPES = new Map([
  ['chat.postMessage', 'chat:write'],
  ['chat.postEphemeral', 'chat:write'],
  ['chat.update', 'chat:write'],
  ['chat.delete', 'chat:write'],
  ['conversations.open', 'im:write'],
  ['files.getUploadURLExternal', 'files:write'],
  ['files.completeUploadExternal', 'files:write'],
  ['users.info', 'users:read'],
  ['apps.connections.open', 'connections:write'],
]);
const APP_TOKEN_SCOPE = 'connections:write';

type Method = (args: Args, token: string) => Result;

export class WebApi {
  private readonly needs: WebApiNeeds;
  private readonly methods: Map<string, Method>;

  constructor(needs: WebApiNeeds) {
    this.needs = needs;
    this.methods = new Map<string, Method>([
      ...chatMethods(needs.world),
      ...viewMethods(needs),
      ...fileMethods(needs.world, needs.files),
      ...functionMethods(needs.world),
      ['auth.test', () => this.authTest()],
      ['conversations.open', (args) => this.openConversation(args)],
      ['users.info', (args) => this.userInfo(args)],
    ]);
  }

  /** Runs a method for whoever holds this token. */
  call(method: string, args: Args, token: string): Result {
    if (method === 'api.test') return apiTest(args);
    if (method === 'apps.connections.open') return this.openConnection(token);
    const run = this.methods.get(method);
    if (run === undefined) return refuse('unknown_method');
    if (token === '') return refuse('not_authed');
    if (token === this.needs.appToken) return refuse('not_allowed_token_type');
    if (!this.isBot(token, method)) return refuse('invalid_auth');
    const needed = SCOPES.get(method);
    if (needed === undefined || this.needs.scopes.includes(needed)) return run(args, token);
    return { ...refuse('missing_scope'), scope: { needed, provided: this.needs.scopes.join(',') } };
  }

  /** The headers that say what the holder of this token may do, and what the method takes. */
  scopeHeaders(method: string, token: string): Record<string, string> {
    const { appToken, scopes } = this.needs;
    if (token !== appToken && !this.isBot(token, method)) return {};
    const accepted = SCOPES.get(method);
    return {
      'x-oauth-scopes': token === appToken ? APP_TOKEN_SCOPE : scopes.join(','),
      ...(accepted === undefined ? {} : { 'x-accepted-oauth-scopes': accepted }),
    };
  }

  /** The bot's own token, or that of a workflow's step: good for everything while it runs, and then only to hear
   * that it has ended. */
  private isBot(token: string, method: string): boolean {
    if (token === this.needs.botToken) return true;
    const execution = this.needs.world.workflows.ofToken(token);
    return execution !== undefined && (execution.ended === null || method.startsWith('functions.'));
  }

  private openConnection(token: string): Result {
    if (token === '') return refuse('not_authed');
    if (token === this.needs.botToken) return refuse('not_allowed_token_type');
    if (token !== this.needs.appToken) return refuse('invalid_auth');
    const url = this.needs.ticket();
    return url === null ? refuse('socket_mode_not_enabled') : { ok: true, body: { url } };
  }

  private authTest(): Result {
    const org = this.needs.install === 'org';
    return {
      ok: true,
      body: {
        url: `https://${WORKSPACE.domain}.slack.com/`,
        team: WORKSPACE.name,
        user: APP.name.toLowerCase(),
        team_id: WORKSPACE.id,
        user_id: APP.userId,
        bot_id: APP.botId,
        ...(org ? { enterprise_id: ENTERPRISE.id } : {}),
        is_enterprise_install: org,
      },
    };
  }

  private openConversation(args: Args): Result {
    const wanted = textArg(args, 'users');
    const channel = textArg(args, 'channel');
    if (wanted === '' && channel === '') return refuse('users_list_not_supplied');
    const person = PEOPLE.find((one) => one.id === wanted || (wanted === '' && one.dmChannelId === channel));
    if (person === undefined) return refuse(wanted === '' ? 'channel_not_found' : 'user_not_found');
    if (isForeign(person)) return refuse('user_not_visible');
    const { is_bot, deleted } = this.needs.world.people.asTheyStand(person).standing;
    if (is_bot) return refuse('cannot_dm_bot');
    if (deleted) return refuse('user_disabled');
    return { ok: true, body: { no_op: true, already_open: true, channel: { id: person.dmChannelId } } };
  }

  private userInfo(args: Args): Result {
    const person = personById(textArg(args, 'user'));
    if (person === undefined) return refuse('user_not_found');
    return { ok: true, body: { user: this.needs.world.people.userObject(person) } };
  }
}

function apiTest(args: Args): Result {
  const error = textArg(args, 'error');
  return error === '' ? { ok: true, body: { args } } : refuse(error);
}
