/** What an operator can measure: how often, how long, and how it ended. No label holds an id, a name or a secret. */
import type { Verb } from './domain/move.ts';
import type { Outcome } from './domain/outcome.ts';
import type { SeamCall } from './seam/asked.ts';
import type { SeamErrorKind } from './seam/errors.ts';

/** Where the code tells what it does. */
export interface Metrics {
  /** A request came in; call what it returns with the status that it was answered with. */
  httpRequest(path: string): (status: number) => void;
  /** Seam is asked; call what it returns with how that went. */
  seamRequest(call: SeamCall): (result: 'ok' | SeamErrorKind) => void;
  /** It is known how an unlock or a lock ended. */
  moveEnded(verb: Verb, outcome: Outcome): void;
  /** All of it, in the text format of Prometheus. */
  text(now: Gauges): Promise<string>;
}

/** What is only looked at when somebody reads. */
export interface Gauges {
  readonly workUnderWay: number;
  /** Null where Slack calls us. */
  readonly slackConnections: number | null;
}

/** Measures nothing. */
export const noMetrics: Metrics = {
  httpRequest: () => () => undefined,
  seamRequest: () => () => undefined,
  moveEnded: () => undefined,
  text: async () => '',
};

/** In seconds. Slack waits three for an acknowledgement, and we wait five for Seam. */
const HTTP_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3];
const SEAM_BUCKETS = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5];

/**
 * Measures, in a registry of its own. The library is loaded here and not before: whoever does not measure starts
 * without it.
 *
 * @param elapsed ms since some moment, never backwards
 */
export async function createMetrics(elapsed: () => number): Promise<Metrics> {
  const { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } = await import('prom-client');
  const registry = new Registry();
  const registers = [registry];
  const httpRequests = new Counter({
    name: 'latchbolt_http_requests_total',
    help: 'HTTP requests that were answered.',
    labelNames: ['path', 'status'],
    registers,
  });
  const httpSeconds = new Histogram({
    name: 'latchbolt_http_request_duration_seconds',
    help: 'From the headers of an HTTP request to its answer.',
    labelNames: ['path'],
    buckets: HTTP_BUCKETS,
    registers,
  });
  const unlocks = new Counter({
    name: 'latchbolt_unlocks_total',
    help: 'How unlocks ended; an unknown that is settled later counts again.',
    labelNames: ['outcome', 'reason'],
    registers,
  });
  const locks = new Counter({
    name: 'latchbolt_locks_total',
    help: 'The same for locks.',
    labelNames: ['outcome', 'reason'],
    registers,
  });
  const seamSeconds = new Histogram({
    name: 'latchbolt_seam_request_duration_seconds',
    help: 'From a question to Seam to its answer, or to the end of our patience.',
    labelNames: ['call', 'result'],
    buckets: SEAM_BUCKETS,
    registers,
  });
  const workUnderWay = new Gauge({
    name: 'latchbolt_work_under_way',
    help: 'What came from Slack and is still worked on.',
    registers,
  });
  const slackConnections = new Gauge({
    name: 'latchbolt_slack_connections',
    help: 'Connections of Socket Mode over which Slack can reach this process.',
    registers,
  });
  collectDefaultMetrics({ register: registry });

  const stopwatch = () => {
    const began = elapsed();
    return () => (elapsed() - began) / 1_000;
  };

  return {
    httpRequest(path) {
      const seconds = stopwatch();
      return (status) => {
        httpRequests.inc({ path, status });
        httpSeconds.observe({ path }, seconds());
      };
    },
    seamRequest(call) {
      const seconds = stopwatch();
      return (result) => seamSeconds.observe({ call, result }, seconds());
    },
    moveEnded(verb, outcome) {
      (verb === 'lock' ? locks : unlocks).inc({ outcome: outcome.kind, reason: reasonOf(outcome) });
    },
    text(now) {
      workUnderWay.set(now.workUnderWay);
      // A zero would look like an outage.
      if (now.slackConnections === null) slackConnections.remove();
      else slackConnections.set(now.slackConnections);
      return registry.metrics();
    },
  };
}

/** Never the lock maker's own words. An empty label is none. */
function reasonOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'unlocked':
    case 'locked':
    case 'sent':
      return '';
    case 'failed':
      return outcome.reason;
    case 'unknown':
    case 'refused':
      return outcome.why;
  }
}
