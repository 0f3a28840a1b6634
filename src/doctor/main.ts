import { existsSync, readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { readConfig } from '../config.ts';
import { systemTime } from '../time.ts';
import { createAsk } from './ask.ts';
import { examine } from './examine.ts';
import { isWell, render } from './report.ts';

const findings = await examine(
  () => readConfig(process.env, { dotEnv: existsSync('.env') ? readFileSync('.env', 'utf8') : null }),
  { ask: createAsk(systemTime), disk: statfs },
);
process.stdout.write(render(findings));
process.exitCode = isWell(findings) ? 0 : 1;
