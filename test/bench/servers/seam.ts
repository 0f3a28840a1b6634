/** The local Seam, with a clock fine enough to tell parts of a millisecond. */
import { z } from 'zod';
import { startLocalSeam } from '../../../src/sandbox/seam/server.ts';
import { answerParent, settingsOf } from '../worker.ts';

settingsOf(z.object({}));
const seam = await startLocalSeam({ clock: () => performance.timeOrigin + performance.now() });
answerParent({ where: () => ({ url: seam.url, apiKey: seam.apiKey }), stop: () => seam.close() });
