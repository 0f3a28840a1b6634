import { setTimeout as sleep } from 'node:timers/promises';
import { type Answers, answerParent } from '../worker.ts';

/** A server under measurement: where it listens (0: nowhere), and how it ends. */
export interface Measured {
  readonly port: number;
  close(): Promise<void>;
}

/** Below so much processor time in one look a server counts as idle, µs. */
const IDLE_US = 4_000;
const LOOK_MS = 60;

/** Answers what the bench asks of every server: its port, its processor time once it is idle, its memory. */
export function measure(server: Measured, more: Omit<Answers, 'stop'> = {}): void {
  answerParent({
    port: () => server.port,
    usage: usageOnceIdle,
    memory,
    ...more,
    stop: () => server.close(),
  });
}

/** Processor time of the process so far, µs, asked again until the work of the last requests is behind it. */
async function usageOnceIdle(): Promise<number> {
  for (let before = spent(); ; ) {
    await sleep(LOOK_MS);
    const now = spent();
    if (now - before < IDLE_US) return now;
    before = now;
  }
}

function spent(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** Bytes resident as it stands, and on the heap once what is garbage is gone. */
function memory(): { rss: number; heap: number } {
  const { rss } = process.memoryUsage();
  globalThis.gc?.();
  return { rss, heap: process.memoryUsage().heapUsed };
}
