/** What all Web API methods take and give. */
export type Args = Record<string, unknown>;

export type Result =
  | { ok: true; body: Record<string, unknown>; warning?: string | null }
  | { ok: false; error: string; messages: string[]; scope?: { needed: string; provided: string } };

export function refuse(
  error: string,
  messages: string[] = [],
): { ok: false; error: string; messages: string[] } {
  return { ok: false, error, messages };
}

/** A text argument, `''` when it was not given. */
export function textArg(args: Args, name: string): string {
  const value = args[name];
  return typeof value === 'string' ? value : '';
}
