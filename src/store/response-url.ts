import { SealError, type Sealer } from '../seal.ts';
import type { ResponseUrl } from '../slack/response-url.ts';

/** The columns in which a row keeps the way back to a person. */
interface Columns {
  readonly response_url: string | null;
  readonly response_url_expires_at: number;
}

/** How the rows of one table keep a `response_url`: sealed, each for its own row only. */
export function responseUrlColumns(sealer: Sealer, table: 'code' | 'connect' | 'move') {
  const place = (id: string) => `${table}.response_url:${id}`;
  return {
    write: (id: string, responseUrl: ResponseUrl | null): Columns => ({
      response_url: responseUrl === null ? null : sealer.seal(responseUrl.url, place(id)),
      response_url_expires_at: responseUrl?.expiresAt ?? 0,
    }),

    /** Null also for one that cannot be opened, as after a change of the key: there is always the direct message. */
    read({
      id,
      response_url: sealed,
      response_url_expires_at: expiresAt,
    }: Columns & { readonly id: string }) {
      try {
        return sealed === null ? null : { url: sealer.open(sealed, place(id)), expiresAt };
      } catch (error) {
        if (error instanceof SealError) return null;
        throw error;
      }
    },
  };
}
