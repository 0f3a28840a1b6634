import type { Heard } from './bot.ts';

/** Counts what a bot's output tells of trouble, without keeping the output. */
export class LogWatch {
  /** Lines that tell of a promise that nobody handled, or of an exception that nobody caught. */
  unhandled = 0;
  /** Lines on stderr, where the bot writes only when it cannot start, and Node when something is wrong. */
  stderrLines = 0;
  /** Lines of the log that are not one whole JSON object. */
  garbled = 0;
  /** Error and fatal lines, by their message. */
  readonly errors = new Map<string, number>();
  readonly #rest = { stdout: '', stderr: '' };

  readonly hear: Heard = (text, from) => {
    const lines = (this.#rest[from] + text).split('\n');
    this.#rest[from] = lines.pop() ?? '';
    for (const line of lines) this.#judge(line, from);
  };

  #judge(line: string, from: 'stdout' | 'stderr'): void {
    if (from === 'stderr') this.stderrLines += 1;
    if (/unhandled|uncaught/i.test(line.slice(0, 300))) this.unhandled += 1;
    if (from === 'stdout' && !(line.startsWith('{"level":"') && line.endsWith('}'))) this.garbled += 1;
    if (!/^\{"level":"(?:error|fatal)"/.test(line)) return;
    const why = /"err":\{"name":"(\w+)"(?:,"message":"([^"]*)")?/.exec(line) ?? [];
    const what = /"msg":"((?:[^"\\]|\\.)*)"\}$/.exec(line)?.[1] ?? line.slice(0, 200);
    const message = [what, ...why.slice(1).filter((part) => part !== undefined)].join(', ');
    this.errors.set(message, (this.errors.get(message) ?? 0) + 1);
  }
}
