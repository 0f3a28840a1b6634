/** The whole bot, put together by `startBot`; with `features: 'ack'` what it is asked for does nothing. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { startBot } from '../../../src/bot.ts';
import { readConfig } from '../../../src/config.ts';
import type { Feature } from '../../../src/feature.ts';
import { features } from '../../../src/features/index.ts';
import { createLog } from '../../../src/log.ts';
import { thisProcess } from '../../../src/runs.ts';
import { systemTime } from '../../../src/time.ts';
import { settingsOf } from '../worker.ts';
import { measure } from './measured.ts';
import { environmentOf, siteSettings } from './site.ts';

const settings = settingsOf(
  siteSettings.extend({
    database: z.string(),
    key: z.string(),
    mode: z.enum(['http', 'socket']),
    features: z.enum(['real', 'ack']),
  }),
);

/** Everything up to a feature, and nothing of one. */
const nothing: Feature = {
  name: 'bench',
  subcommands: [{ word: 'ack', summary: 'does nothing', run: async () => undefined }],
  actions: { ack: async () => undefined },
};

const config = { ...readConfig(environmentOf(settings), { dotEnv: null }), host: '127.0.0.1' };
const log = createLog({ level: config.logLevel });
const bot = await startBot(
  config,
  { time: systemTime, newId: randomUUID, log, place: thisProcess },
  settings.features === 'ack' ? [nothing] : features,
);
await bot.ready;
measure(bot);
