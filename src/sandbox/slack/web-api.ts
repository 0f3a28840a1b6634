/** The Web API: who may call, which methods there are, and how an answer looks. */
import { APP, ENTERPRISE, handle, PEOPLE, personById, WORKSPACE } from './cast.ts';
import { chatMethods } from './chat-methods.ts';
import { type Args, type Result, refuse, textArg } from './methods.ts';
import { type ViewMethodNeeds, viewMethods } from './view-methods.ts';

export interface WebApiNeeds extends ViewMethodNeeds {
  install: 'workspace' | 'org';
  botToken: string;
  appToken: string;
  /** An address for one Socket Mode connection, or null where deliveries go over HTTP. */
  ticket: () => string | null;
}

type Method = (args: Args) => Result;

export class WebApi {
  private readonly needs: WebApiNeeds;
  private readonly methods: Map<string, Method>;

  constructor(needs: WebApiNeeds) {
    this.needs = needs;
    this.methods = new Map<string, Method>([
      ...chatMethods(needs.world),
      ...viewMethods(needs),
      ['auth.test', () => this.authTest()],
      ['conversations.open', openConversation],
      ['users.info', userInfo],
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
    return token === this.needs.botToken ? run(args) : refuse('invalid_auth');
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
}

function apiTest(args: Args): Result {
  const error = textArg(args, 'error');
  return error === '' ? { ok: true, body: { args } } : refuse(error);
}

function openConversation(args: Args): Result {
  const wanted = textArg(args, 'users');
  const channel = textArg(args, 'channel');
  if (wanted === '' && channel === '') return refuse('users_list_not_supplied');
  const person = PEOPLE.find((one) => one.id === wanted || (wanted === '' && one.dmChannelId === channel));
  if (person === undefined) return refuse(wanted === '' ? 'channel_not_found' : 'user_not_found');
  if (person.role === 'stranger') return refuse('user_not_visible');
  return { ok: true, body: { no_op: true, already_open: true, channel: { id: person.dmChannelId } } };
}

function userInfo(args: Args): Result {
  const person = personById(textArg(args, 'user'));
  if (person === undefined) return refuse('user_not_found');
  const name = handle(person);
  const user = {
    id: person.id,
    team_id: person.teamId,
    name,
    deleted: false,
    real_name: person.name,
    tz: 'Europe/London',
    tz_label: 'Greenwich Mean Time',
    tz_offset: 0,
    profile: { real_name: person.name, display_name: name, team: person.teamId },
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: person.role === 'guest',
    is_ultra_restricted: false,
    is_bot: false,
    is_app_user: false,
    // Slack calls strangers only those with whom the app shares no channel.
    ...(person.role === 'stranger' ? { is_stranger: false } : {}),
  };
  return { ok: true, body: { user } };
}
