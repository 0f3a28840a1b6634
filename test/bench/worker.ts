import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** A process of its own that answers questions over Node's channel to its parent. */
export interface Worker {
  /** Asks one thing; rejects with what went wrong there, or when the process ends meanwhile. */
  ask<S extends z.ZodType>(what: string, input: unknown, answer: S): Promise<z.output<S>>;
  /** Ends it in order. */
  stop(): Promise<void>;
}

const question = z.object({ n: z.number(), what: z.string(), input: z.unknown() });
const reply = z.object({ n: z.number(), answer: z.unknown().optional(), error: z.string().optional() });

/** Starts `file` (beside this one) with its settings, and waits until it answers. */
export async function startWorker(
  file: string,
  settings: unknown,
  nodeOptions: readonly string[] = [],
): Promise<Worker> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify(settings)], {
    env: { PATH: process.env.PATH },
    // What the bot logs is written, and read by nobody.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning', '--expose-gc', ...nodeOptions],
  });
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => undefined);
  child.once('exit', (code) => ended.reject(new Error(`${file} ended (${code})`)));
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  child.on('message', (message) => {
    const { n, answer, error } = reply.parse(message);
    if (error === undefined) waiting.get(n)?.resolve(answer);
    else waiting.get(n)?.reject(new Error(`${file}: ${error}`));
    waiting.delete(n);
  });
  let count = 0;
  const ask: Worker['ask'] = async (what, input, answer) => {
    count += 1;
    const waited = Promise.withResolvers<unknown>();
    waiting.set(count, waited);
    child.send({ n: count, what, input });
    return answer.parse(await Promise.race([waited.promise, ended.promise]));
  };
  await ask('hello', null, z.unknown());
  return {
    ask,
    async stop() {
      const gone = once(child, 'exit');
      await ask('stop', null, z.unknown()).catch(() => undefined);
      await gone;
    },
  };
}

/** What a worker answers, by the name of the question. `stop` is what it does before it ends. */
export type Answers = Readonly<Record<string, (input: unknown) => unknown>> & {
  readonly stop: () => Promise<void> | void;
};

/** The settings that this process was started with. */
export function settingsOf<S extends z.ZodType>(schema: S): z.output<S> {
  return schema.parse(JSON.parse(process.argv[2] ?? 'null'));
}

/** Answers the parent's questions until it asks to stop. */
export function answerParent(answers: Answers): void {
  const act = async (what: string, input: unknown): Promise<unknown> => {
    if (what === 'hello') return null;
    const answer = answers[what];
    if (answer === undefined) throw new Error(`nobody here answers "${what}"`);
    return answer(input);
  };
  // Nobody is left to ask.
  process.on('disconnect', () => process.exit(0));
  process.on('message', (message) => {
    const { n, what, input } = question.parse(message);
    const send = (result: object): void => {
      process.send?.({ n, ...result }, undefined, undefined, () => {
        if (what === 'stop') process.exit(0);
      });
    };
    act(what, input).then(
      (answer) => send({ answer: answer ?? null }),
      (error: unknown) =>
        send({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
}
