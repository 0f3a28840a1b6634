import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { type Context, createContext, type Surroundings } from './context.ts';
import type { Feature } from './feature.ts';
import { features as allFeatures } from './features/index.ts';
import { followSeam } from './feed.ts';
import { hear } from './hear.ts';
import { keepHouse } from './housekeeping.ts';
import type { Log } from './log.ts';
import { createRegistry } from './registry.ts';
import { joinRuns } from './runs.ts';
import { SeamError } from './seam/errors.ts';
import type { SeamEvent } from './seam/port.ts';
import { seamWebhookRoute } from './seam/webhooks.ts';
import { healthRoute } from './server/health.ts';
import { createHttpServer, type HttpServer, type Route } from './server/http.ts';
import { metricsRoute } from './server/metrics.ts';
import { HttpReceiver } from './slack/http-receiver.ts';
import { Seen } from './slack/seen.ts';
import { SocketReceiver } from './slack/socket-receiver.ts';
import { StartError } from './start-error.ts';
import type { Time } from './time.ts';
import { keepTimers } from './timers.ts';

/** A running bot. */
export interface Bot {
  /** The port of health, webhooks and, in HTTP mode, Slack. */
  readonly port: number;
  /** When Slack can reach it, however long that takes; a StartError for a token that Slack does not take. */
  readonly ready: Promise<void>;
  /** Takes nothing new, lets what is in flight finish for at most `STOP_GRACE_MS`, then closes in order. */
  close(): Promise<void>;
}

/** How long a stop lets unlocks and answers finish, ms. */
const STOP_GRACE_MS = 10_000;
/** Deliveries that are told apart before anything is asked of the database, which remembers them for a day. */
const REMEMBERED = { keepMs: 15 * 60 * 1000, max: 20_000 };

/** Starts the bot; throws a StartError for a configuration that Slack or Seam does not take. */
export async function startBot(
  config: Config,
  surroundings: Surroundings,
  features: readonly Feature[] = allFeatures,
): Promise<Bot> {
  const { time, log } = surroundings;
  const { context, bot, close } = await createContext(config, surroundings, features);
  let closeServer: () => Promise<void> = async () => undefined;
  try {
    await announceSeam(context);
    const receiver = createReceiver(config, time, log);
    const registry = createRegistry(features);
    const app = createApp(context, registry, features, receiver, bot);
    const routes: Route[] = [
      healthRoute({
        database: () => context.store.answers(),
        slack: () => receiver instanceof HttpReceiver || receiver.connected > 0,
      }),
      ...(receiver instanceof HttpReceiver ? [receiver] : []),
      ...seamRoutes(config, context, features),
      ...metricsRoutes(config, context, receiver),
    ];
    const server = createHttpServer(routes, log, { metrics: context.metrics });
    // The port first, though nothing is taken yet: the receiver only begins with `app.start()`.
    const port = await listen(server, config);
    closeServer = () => server.close(1_000);
    const leave = await joinRuns(context, features, surroundings.place);
    for (const feature of features) feature.start?.(context);
    keepTimers(context, registry);
    followSeam(context, features);
    keepHouse(context);
    const ready = app.start().then(
      () => {
        if (!context.tasks.stopping.aborted)
          log.info({ port, mode: config.slack.mode }, 'Latchbolt is ready');
      },
      () => {
        throw new StartError(
          'Slack does not take SLACK_APP_TOKEN. Make a new one in the settings of your Slack app, under ' +
            'Basic Information, App-Level Tokens, with the scope connections:write.',
        );
      },
    );
    return {
      port,
      ready,
      async close() {
        await app.stop();
        const drained = await receiver.inFlight.drained(STOP_GRACE_MS);
        if (!drained) log.warn({ left: receiver.inFlight.size }, 'stopped with work under way');
        await context.tasks.stop(1_000);
        await leave().catch((error: unknown) => log.warn({ err: error }, 'this run could not be ended'));
        await closeServer();
        await close();
        log.info('Latchbolt has stopped');
      },
    };
  } catch (error) {
    await context.tasks.stop(0);
    await closeServer();
    await close();
    throw error;
  }
}

async function listen(server: HttpServer, { port, host }: Config): Promise<number> {
  try {
    return await server.listen(port, host ?? undefined);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new StartError(`The port ${port} cannot be listened on (${code}). Set PORT to a free one.`, {
      cause: error,
    });
  }
}

function createReceiver(config: Config, time: Time, log: Log): HttpReceiver | SocketReceiver {
  const seen = new Seen({ ...REMEMBERED, clock: time.now });
  const { slack } = config;
  return slack.mode === 'http'
    ? new HttpReceiver({ signingSecret: slack.signingSecret, clock: time.now, log, seen })
    : new SocketReceiver({ appToken: slack.appToken, slackApiUrl: slack.apiUrl, log, seen });
}

function seamRoutes(config: Config, context: Context, features: readonly Feature[]): Route[] {
  const { webhookSecret } = config.seam;
  if (webhookSecret === null) return [];
  const { store, time, log } = context;
  const heard = (event: SeamEvent) => hear(context, features, event);
  return [seamWebhookRoute({ secret: webhookSecret, webhooks: store.webhooks, time, log, heard })];
}

function metricsRoutes(
  { metricsToken }: Config,
  { metrics }: Context,
  receiver: HttpReceiver | SocketReceiver,
): Route[] {
  if (metricsToken === null) return [];
  const text = () =>
    metrics.text({
      workUnderWay: receiver.inFlight.size,
      slackConnections: receiver instanceof HttpReceiver ? null : receiver.connected,
    });
  return [metricsRoute(metricsToken, text)];
}

/** Says which Seam workspace the key opens: doors of a sandbox are not real, and everyone should know. */
async function announceSeam({ seam, log }: Context): Promise<void> {
  try {
    const { name, sandbox } = await seam.workspace();
    log.info(
      { workspace: name, sandbox },
      sandbox ? 'Seam: a sandbox; its doors are not real' : 'Seam: live doors',
    );
  } catch (error) {
    if (error instanceof SeamError && error.kind === 'key') {
      throw new StartError(
        'Seam does not take SEAM_API_KEY. Copy it anew from https://console.seam.co, under Developer, API keys.',
      );
    }
    log.warn({ err: error }, 'Seam could not be asked for its workspace; going on without');
  }
}
