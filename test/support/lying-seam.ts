import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { World } from './world.ts';

type Facts = Record<string, unknown>;

/** One question on its way to Seam. */
interface Passing {
  readonly path: string;
  readonly asked: Facts;
}

/** What a liar makes of the questions and answers that pass it. */
export interface Lie {
  /** Changes what Seam is asked. */
  ask?(passing: Passing): void;
  /** Changes what Seam answered, or holds it back: Seam itself was asked at once. */
  answer?(passing: Passing, body: Facts): Facts | Promise<Facts>;
}

/** A liar between the bot and the local Seam; it tells the truth while `lie` is empty. */
export interface LyingSeam {
  lie: Lie;
  close(): void;
}

const facts = z.record(z.string(), z.unknown());

/** Puts a liar between the bot and the local Seam, and starts the bot again behind it. */
export async function behindLiar(world: World, lie: Lie = {}): Promise<LyingSeam> {
  const { config } = world.house;
  const { endpoint } = config.seam;
  const server = createServer(async (request, response) => {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', endpoint);
    const asked: Facts = { ...queryOf(searchParams), ...(await bodyOf(request)) };
    liar.lie.ask?.({ path, asked });
    const real = await fetch(new URL(path, endpoint), {
      method: 'POST',
      headers: {
        authorization: request.headers.authorization ?? '',
        'content-type': 'application/json',
      },
      body: JSON.stringify(asked),
    });
    const body = facts.parse(await real.json());
    const said = real.ok ? await liar.lie.answer?.({ path, asked }, body) : body;
    response.writeHead(real.status, { 'content-type': 'application/json' }).end(JSON.stringify(said ?? body));
  });
  const liar: LyingSeam = {
    lie,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await world.house.bot.close();
  Object.assign(config.seam, { endpoint: `http://127.0.0.1:${port}` });
  await world.house.restart();
  return liar;
}

async function bodyOf(request: IncomingMessage): Promise<Facts> {
  let text = '';
  for await (const part of request) text += String(part);
  return text === '' ? {} : facts.parse(JSON.parse(text));
}

/** Seam's SDK writes lists as `device_ids=a,b` or repeats them. */
function queryOf(query: URLSearchParams): Facts {
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const values = query.getAll(name);
      if (name.endsWith('_ids')) return [name, values.flatMap((value) => value.split(','))];
      return [name, name === 'limit' ? Number(values[0]) : values[0]];
    }),
  );
}
