/** Whether the bot can be reached from the internet, and whether it is the bot that answers there. */
import { unreachable } from '../domain/outcome.ts';
import type { Answer } from './ask.ts';
import type { Health } from './health.ts';
import { type Finding, fault, ok, skipped } from './report.ts';

export const ADDRESS = 'Public address';

/** What a proxy says when nobody stands behind it. */
const NOBODY_BEHIND: readonly number[] = [502, 503, 504];
/** What a connection says when the way is right and nobody is at its end. */
const NOBODY_THERE: readonly string[] = ['ECONNREFUSED', 'ECONNRESET', 'timeout', 'UND_ERR_SOCKET'];
const NOT_RUNNING = 'no Latchbolt is running here yet. Start it, then run npm run doctor again.';

/**
 * From what answered at the `/healthz` of the public address.
 *
 * @param here what answered on this machine's own port; null when that is not known
 */
export function judgeAddress(url: string, there: Health, here: Health | null): Finding {
  const notRunning = here?.kind === 'silent';
  switch (there.kind) {
    case 'ours':
      return there.failing.length === 0
        ? ok(ADDRESS, `Latchbolt answers at ${url}.`)
        : fault(
            ADDRESS,
            `Latchbolt answers at ${url}, and something is wrong with: ${there.failing.join(', ')}. Its log says what.`,
          );
    case 'foreign':
      if (notRunning && NOBODY_BEHIND.includes(there.status)) return skipped(ADDRESS, NOT_RUNNING);
      return fault(
        ADDRESS,
        `what answers at ${url} is not Latchbolt (status ${there.status}). Let the proxy there pass every path on to this machine's PORT, without a login of its own.`,
      );
    case 'silent':
      if (notRunning && NOBODY_THERE.includes(there.code)) return skipped(ADDRESS, NOT_RUNNING);
      return fault(
        ADDRESS,
        `nobody can be reached at ${url} (${there.code}). Check PUBLIC_URL, its name in the DNS, its certificate and the firewall.`,
      );
    default:
      return unreachable(there);
  }
}

/** An address of this machine alone: nobody on the internet could call it. */
export function judgeReach(url: string, seamEndpoint: string): Finding | null {
  return isHere(url) && !isHere(seamEndpoint)
    ? fault(ADDRESS, `${url} leads to this machine only. Set PUBLIC_URL to its address on the internet.`)
    : null;
}

/**
 * From the answer to a request without a signature: the bot refuses it, and that is what proves that it is there.
 *
 * @param about what is called there
 * @param there what answered at the `/healthz` of the same address
 */
export function judgeRefusal(about: string, answer: Answer, there: Health): Finding {
  if (there.kind !== 'ours') return skipped(about, 'Latchbolt does not answer at PUBLIC_URL.');
  if (answer.kind === 'silent') return fault(about, `it gave no answer (${answer.code}). Try again.`);
  const { status } = answer;
  if (status === 401 || status === 400) return ok(about, 'it refuses what is not signed.');
  return status === 404
    ? fault(about, 'the Latchbolt that answers does not know it: it runs with other settings. Restart it.')
    : fault(
        about,
        `what is not signed got the status ${status} and not 401. Let the proxy at PUBLIC_URL pass this path on unchanged.`,
      );
}

function isHere(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}
