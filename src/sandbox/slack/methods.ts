/** What all Web API methods take and give. */
export type Args = Record<string, unknown>;

/** What a method refuses with. */
export interface Refusal {
  ok: false;
  error: string;
  messages: string[];
}

export type Result =
  | { ok: true; body: Record<string, unknown>; warning?: string | null }
  | (Refusal & { scope?: { needed: string; provided: string } });

/** Slack's error, and what it says of it. */
export function refuse(error: string, messages: string[] = []): Refusal {
  return { ok: false, error, messages };
}

/** The refusal of an argument that is missing or unfit. */
export function wrong(what: string): Refusal {
  return refuse('invalid_arguments', [`[ERROR] ${what}`]);
}

/** A text argument, `''` when it was not given. */
export function textArg(args: Args, name: string): string {
  const value = args[name];
  return typeof value === 'string' ? value : '';
}
