import type { DeliverAct } from './drive-acts.ts';

/** A payload on its way to the app. */
export interface Outgoing {
  kind: DeliverAct['kind'];
  body: Record<string, unknown>;
  /** Whether the acknowledgement may carry an answer (a submitted modal, suggestions). */
  answers: boolean;
  retry?: { num: number; reason: string };
}

/** What an acknowledgement without content is taken for. */
export const EMPTY = '';

/** What came of sending it. */
export type Attempt =
  | { ok: true; ms: number; response: unknown }
  | { ok: false; why: 'operation_timeout' | 'dispatch_failed' };
