/** Whether a bot runs here already. */
import { unreachable } from '../domain/outcome.ts';
import type { Health } from './health.ts';
import { type Finding, fault, note, ok } from './report.ts';

export const RUNNING = 'Port';

/** From what answered on this machine's own port. */
export function judgeRunning(health: Health, port: number): Finding {
  switch (health.kind) {
    case 'ours':
      return health.failing.length === 0
        ? note(RUNNING, `a Latchbolt is running on ${port} already, and is well.`)
        : fault(
            RUNNING,
            `a Latchbolt is running on ${port}, and something is wrong with: ${health.failing.join(', ')}. Its log says what.`,
          );
    case 'foreign':
      return fault(
        RUNNING,
        `another program is listening on ${port}. Set PORT to a free one, or stop that program.`,
      );
    case 'silent':
      return health.code === 'ECONNREFUSED'
        ? ok(RUNNING, `${port} is free; no Latchbolt is running on it.`)
        : fault(
            RUNNING,
            `whatever listens on ${port} does not answer (${health.code}). Set PORT to a free one, or stop that program.`,
          );
    default:
      return unreachable(health);
  }
}
