import { beforeEach, expect, it } from 'vitest';
import { failed } from '../src/domain/outcome.ts';
import { createMetrics, type Gauges, type Metrics, noMetrics } from '../src/metrics.ts';

const gauges: Gauges = { workUnderWay: 3, slackConnections: 2 };

/** What the clock shows, ms. */
let now: number;
let metrics: Metrics;

beforeEach(async () => {
  now = 1_000;
  metrics = await createMetrics(() => now);
});

/** The figures that are ours. */
async function ours(of: Metrics, seen: Gauges): Promise<string[]> {
  return (await of.text(seen)).split('\n').filter((line) => line.startsWith('latchbolt_'));
}

it('says all of a small scenario', async () => {
  const acknowledged = metrics.httpRequest('/slack/events');
  const unlocked = metrics.seamRequest('locks/unlock_door');
  now += 2;
  acknowledged(200);
  const late = metrics.httpRequest('/slack/events');
  const listed = metrics.seamRequest('devices/list');
  now += 40;
  listed('ok');
  now += 4_960;
  late(503);
  unlocked('timeout');
  metrics.moveEnded('unlock', { kind: 'unlocked' });
  metrics.moveEnded('unlock', { kind: 'unlocked' });
  metrics.moveEnded('unlock', { kind: 'sent' });
  metrics.moveEnded('unlock', failed('jammed', 'Front Door of Olivia is jammed', 1_000));
  metrics.moveEnded('unlock', { kind: 'unknown', why: 'timeout' });
  metrics.moveEnded('unlock', { kind: 'refused', why: 'not_yours' });

  const [own = '', process = ''] = (await metrics.text(gauges)).split(
    /(?=# HELP process_cpu_user_seconds_total)/,
  );
  expect(own).toMatchInlineSnapshot(`
    "# HELP latchbolt_http_requests_total HTTP requests that were answered.
    # TYPE latchbolt_http_requests_total counter
    latchbolt_http_requests_total{path="/slack/events",status="200"} 1
    latchbolt_http_requests_total{path="/slack/events",status="503"} 1

    # HELP latchbolt_http_request_duration_seconds From the headers of an HTTP request to its answer.
    # TYPE latchbolt_http_request_duration_seconds histogram
    latchbolt_http_request_duration_seconds_bucket{le="0.001",path="/slack/events"} 0
    latchbolt_http_request_duration_seconds_bucket{le="0.0025",path="/slack/events"} 1
    latchbolt_http_request_duration_seconds_bucket{le="0.005",path="/slack/events"} 1
    latchbolt_http_request_duration_seconds_bucket{le="0.01",path="/slack/events"} 1
    latchbolt_http_request_duration_seconds_bucket{le="0.025",path="/slack/events"} 1
    latchbolt_http_request_duration_seconds_bucket{le="0.05",path="/slack/events"} 1
    latchbolt_http_request_duration_seconds_bucket{le="0.1",path="/slack/events"} 1
    latchbolt_http_request_duration_seconds_bucket{le="0.25",path="/slack/events"} 1
    latchbolt_http_request_duration_seconds_bucket{le="0.5",path="/slack/events"} 1
    latchbolt_http_request_duration_seconds_bucket{le="1",path="/slack/events"} 1
    latchbolt_http_request_duration_seconds_bucket{le="2",path="/slack/events"} 1
    latchbolt_http_request_duration_seconds_bucket{le="3",path="/slack/events"} 1
    latchbolt_http_request_duration_seconds_bucket{le="+Inf",path="/slack/events"} 2
    latchbolt_http_request_duration_seconds_sum{path="/slack/events"} 5.002
    latchbolt_http_request_duration_seconds_count{path="/slack/events"} 2

    # HELP latchbolt_unlocks_total How unlocks ended; an unknown that is settled later counts again.
    # TYPE latchbolt_unlocks_total counter
    latchbolt_unlocks_total{outcome="unlocked",reason=""} 2
    latchbolt_unlocks_total{outcome="sent",reason=""} 1
    latchbolt_unlocks_total{outcome="failed",reason="jammed"} 1
    latchbolt_unlocks_total{outcome="unknown",reason="timeout"} 1
    latchbolt_unlocks_total{outcome="refused",reason="not_yours"} 1

    # HELP latchbolt_locks_total The same for locks.
    # TYPE latchbolt_locks_total counter

    # HELP latchbolt_seam_request_duration_seconds From a question to Seam to its answer, or to the end of our patience.
    # TYPE latchbolt_seam_request_duration_seconds histogram
    latchbolt_seam_request_duration_seconds_bucket{le="0.025",call="devices/list",result="ok"} 0
    latchbolt_seam_request_duration_seconds_bucket{le="0.05",call="devices/list",result="ok"} 1
    latchbolt_seam_request_duration_seconds_bucket{le="0.1",call="devices/list",result="ok"} 1
    latchbolt_seam_request_duration_seconds_bucket{le="0.25",call="devices/list",result="ok"} 1
    latchbolt_seam_request_duration_seconds_bucket{le="0.5",call="devices/list",result="ok"} 1
    latchbolt_seam_request_duration_seconds_bucket{le="1",call="devices/list",result="ok"} 1
    latchbolt_seam_request_duration_seconds_bucket{le="2",call="devices/list",result="ok"} 1
    latchbolt_seam_request_duration_seconds_bucket{le="3",call="devices/list",result="ok"} 1
    latchbolt_seam_request_duration_seconds_bucket{le="5",call="devices/list",result="ok"} 1
    latchbolt_seam_request_duration_seconds_bucket{le="+Inf",call="devices/list",result="ok"} 1
    latchbolt_seam_request_duration_seconds_sum{call="devices/list",result="ok"} 0.04
    latchbolt_seam_request_duration_seconds_count{call="devices/list",result="ok"} 1
    latchbolt_seam_request_duration_seconds_bucket{le="0.025",call="locks/unlock_door",result="timeout"} 0
    latchbolt_seam_request_duration_seconds_bucket{le="0.05",call="locks/unlock_door",result="timeout"} 0
    latchbolt_seam_request_duration_seconds_bucket{le="0.1",call="locks/unlock_door",result="timeout"} 0
    latchbolt_seam_request_duration_seconds_bucket{le="0.25",call="locks/unlock_door",result="timeout"} 0
    latchbolt_seam_request_duration_seconds_bucket{le="0.5",call="locks/unlock_door",result="timeout"} 0
    latchbolt_seam_request_duration_seconds_bucket{le="1",call="locks/unlock_door",result="timeout"} 0
    latchbolt_seam_request_duration_seconds_bucket{le="2",call="locks/unlock_door",result="timeout"} 0
    latchbolt_seam_request_duration_seconds_bucket{le="3",call="locks/unlock_door",result="timeout"} 0
    latchbolt_seam_request_duration_seconds_bucket{le="5",call="locks/unlock_door",result="timeout"} 0
    latchbolt_seam_request_duration_seconds_bucket{le="+Inf",call="locks/unlock_door",result="timeout"} 1
    latchbolt_seam_request_duration_seconds_sum{call="locks/unlock_door",result="timeout"} 5.002
    latchbolt_seam_request_duration_seconds_count{call="locks/unlock_door",result="timeout"} 1

    # HELP latchbolt_work_under_way What came from Slack and is still worked on.
    # TYPE latchbolt_work_under_way gauge
    latchbolt_work_under_way 3

    # HELP latchbolt_slack_connections Connections of Socket Mode over which Slack can reach this process.
    # TYPE latchbolt_slack_connections gauge
    latchbolt_slack_connections 2

    "
  `);
  // What else is known of a process differs between machines.
  expect([...process.matchAll(/^# TYPE (.+)$/gm)].map(([, family]) => family)).toEqual(
    expect.arrayContaining([
      'process_cpu_seconds_total counter',
      'process_resident_memory_bytes gauge',
      'nodejs_heap_size_used_bytes gauge',
      'nodejs_eventloop_lag_p99_seconds gauge',
      'nodejs_gc_duration_seconds histogram',
    ]),
  );
});

it('has no connections to Slack to show where Slack calls us', async () => {
  expect(await ours(metrics, { ...gauges, slackConnections: 0 })).toEqual([
    'latchbolt_work_under_way 3',
    'latchbolt_slack_connections 0',
  ]);
  expect(await ours(metrics, { ...gauges, slackConnections: null })).toEqual(['latchbolt_work_under_way 3']);
});

it('counts for itself: another of the same process begins with nothing', async () => {
  metrics.moveEnded('unlock', { kind: 'unlocked' });
  expect(await ours(await createMetrics(() => now), gauges)).toEqual([
    'latchbolt_work_under_way 3',
    'latchbolt_slack_connections 2',
  ]);
});

it('is nothing where nothing is measured', async () => {
  noMetrics.moveEnded('unlock', { kind: 'unlocked' });
  noMetrics.httpRequest('/door')(200);
  noMetrics.seamRequest('devices/list')('ok');
  expect(await noMetrics.text(gauges)).toBe('');
});
