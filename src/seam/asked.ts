import type { Metrics } from '../metrics.ts';
import { SeamError, toSeamError } from './errors.ts';

/** What Seam is asked, by the names that its documentation has for it. */
export type SeamCall =
  | 'workspaces/get'
  | 'client_sessions/get_or_create'
  | 'client_sessions/grant_access'
  | 'client_sessions/create'
  | 'client_sessions/list'
  | 'client_sessions/delete'
  | 'connect_webviews/create'
  | 'connect_webviews/get'
  | 'connect_webviews/delete'
  | 'connected_accounts/list'
  | 'connected_accounts/delete'
  | 'devices/list'
  | 'locks/unlock_door'
  | 'locks/lock_door'
  | 'action_attempts/get'
  | 'access_codes/create'
  | 'access_codes/get'
  | 'access_codes/list'
  | 'access_codes/delete'
  | 'events/list'
  | 'access_codes/unmanaged/list';

/** How the SDK is called. Whatever goes wrong is a SeamError. */
export interface Asker {
  /** Runs one SDK call, awaited in here since requests are lazy, and reads its answer, which may be of any shape. */
  asked<Answer>(call: SeamCall, ask: () => PromiseLike<Answer>): Promise<Answer>;
  /** The same, with null when Seam does not know that thing (any more). */
  unlessGone<Answer>(
    thing: 'connected_account' | 'connect_webview' | 'client_session' | 'access_code' | 'device',
    call: SeamCall,
    ask: () => PromiseLike<Answer>,
  ): Promise<Answer | null>;
}

/** The one place where the SDK is called: measured, and with errors that are safe to hand on. */
export function createAsker(metrics: Metrics): Asker {
  async function asked<Answer>(call: SeamCall, ask: () => PromiseLike<Answer>): Promise<Answer> {
    const answered = metrics.seamRequest(call);
    try {
      const answer = await ask();
      answered('ok');
      return answer;
    } catch (error) {
      const known = toSeamError(error);
      answered(known.kind);
      throw known;
    }
  }

  return {
    asked,
    async unlessGone(thing, call, ask) {
      try {
        return await asked(call, ask);
      } catch (error) {
        // A 404 of a proxy, of an address that is not Seam's, or about another thing says nothing of this one.
        if (error instanceof SeamError && error.code === `${thing}_not_found`) return null;
        throw error;
      }
    },
  };
}
