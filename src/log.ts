/**
 * The log: JSON lines that say what happened and never carry a secret.
 *
 * Three nets, one behind the other: errors are reduced to a few harmless fields, values under names that hold secrets
 * are replaced, and every finished line is searched for the shapes of known secrets.
 */
import { type Logger as BoltLogger, LogLevel } from '@slack/web-api';
import pino from 'pino';
import { clean, isErrorLike, redactLine, reduceError } from './redact.ts';

/** The logger that every part of the house is given. */
export type Log = pino.Logger;

/** How `createLog` is set up. */
export interface LogOptions {
  /** The least severe level that is written; `silent` writes nothing. */
  readonly level: pino.LevelWithSilent;
  /** Where the lines go; standard output when it is left out. */
  readonly destination?: pino.DestinationStream;
}

/** The arguments of a log call, made safe. An error that stands alone becomes `err`, with its name as the message. */
function cleanArguments(args: readonly unknown[]): unknown[] {
  const [first, ...rest] = args;
  if (!isErrorLike(first)) return args.map((arg) => clean(arg));
  const err = reduceError(first);
  const others = rest.length > 0 ? rest.map((arg) => clean(arg)) : [err.message ?? err.name];
  return [{ err }, ...others];
}

/** Pino cleans what a log call is given; what a child logger is given once and for all needs the same. */
function cleanBindings(log: Log): Log {
  const { child, setBindings } = log;
  Object.defineProperties(log, {
    child: {
      value(this: Log, bindings: pino.Bindings, options?: pino.ChildLoggerOptions): Log {
        return Reflect.apply(child, this, [clean(bindings), options]);
      },
    },
    setBindings: {
      value(this: Log, bindings: pino.Bindings): void {
        Reflect.apply(setBindings, this, [clean(bindings)]);
      },
    },
  });
  return log;
}

/**
 * Makes the log: one JSON object a line, with `level` as a word, `time` in ISO 8601 (UTC), and `msg`.
 *
 * An error may be passed as the first argument or under any name; it is reduced to name, code, status, request id and
 * places in the code. Its message is kept when the error is our own (see `SafeToLog`) or one of Seam's or Slack's API
 * errors; its cause, configuration, headers and bodies never are. Logging itself never throws because of what it is
 * given.
 */
export function createLog({ level, destination }: LogOptions): Log {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    // Pino's own serializer would write an error's message and stack; ours has already done its work.
    serializers: { err: (value: unknown) => value },
    hooks: {
      logMethod(args, method) {
        Reflect.apply(method, this, cleanArguments(args));
      },
      streamWrite: redactLine,
    },
  };
  return cleanBindings(destination === undefined ? pino(options) : pino(options, destination));
}

function boltText(parts: readonly unknown[]): string {
  return parts
    .filter((part) => !isErrorLike(part))
    .map((part) => (typeof part === 'string' ? part : (JSON.stringify(clean(part)) ?? String(part))))
    .join(' ');
}

const boltLevels: Readonly<Record<string, LogLevel>> = {
  trace: LogLevel.DEBUG,
  debug: LogLevel.DEBUG,
  info: LogLevel.INFO,
  warn: LogLevel.WARN,
};

/**
 * Bolt's logger over ours, for the App, its receivers and Slack's clients. Text goes through the same redaction;
 * an error among the arguments is reduced. Bolt's debug lines hold whole payloads, so they are not even put together
 * unless the level is `debug` or `trace`.
 *
 * `setLevel` and `setName` do nothing: Bolt would set the level to `info` whatever the operator chose, and several
 * clients share this one logger, so that it would carry the name of whichever came last.
 */
export function boltLogger(log: Log): BoltLogger {
  const own = log.child({ from: 'bolt' });
  const write = (level: 'debug' | 'info' | 'warn' | 'error', parts: readonly unknown[]): void => {
    if (!own.isLevelEnabled(level)) return;
    const error = parts.find(isErrorLike);
    const text = boltText(parts);
    if (error === undefined) own[level](text);
    else own[level]({ err: error }, text === '' ? 'Bolt reported an error' : text);
  };
  return {
    debug: (...parts: unknown[]) => write('debug', parts),
    info: (...parts: unknown[]) => write('info', parts),
    warn: (...parts: unknown[]) => write('warn', parts),
    error: (...parts: unknown[]) => write('error', parts),
    getLevel: () => boltLevels[own.level] ?? LogLevel.ERROR,
    setLevel: () => undefined,
    setName: () => undefined,
  };
}
