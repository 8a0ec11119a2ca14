import { expect, test } from "vitest";
import { createDeadLetters } from "../../adapters/dead-letters.ts";
import { createMetrics } from "../../adapters/metrics.ts";
import type { Platform, SendResult } from "../../src/platform.ts";
import type { Outgoing } from "../../src/state.ts";

const outgoing = { delivery: {}, source: {}, attempt: 1, unknown: false } as Outgoing;

function platform(results: SendResult[]): Platform {
  return {
    name: "slack",
    routes: {},
    start: async () => {},
    ready: () => true,
    stop: async () => {},
    send: async () => results.shift() ?? { ok: true },
  };
}

test("decisions are counted by platform and kind, with their duration", async () => {
  const metrics = createMetrics();
  metrics.decided({ kind: "entry", commit: { events: [{ what: "question" }] } }, "slack", 0.003);
  metrics.decided({ kind: "entry", secrets: ["password"], commit: { events: [] } }, "slack", 0.3);
  metrics.decided({ kind: "not-found", commit: { events: [] } }, "teams", 0.001);
  const text = await metrics.registry.metrics();
  expect(text).toContain('hexdesk_answers_total{platform="slack",kind="entry"} 2');
  expect(text).toContain('hexdesk_answers_total{platform="teams",kind="not-found"} 1');
  expect(text).toContain('hexdesk_events_total{what="question"} 1');
  expect(text).toContain('hexdesk_secrets_seen_total{kind="password"} 1');
  expect(text).toContain('hexdesk_decision_duration_seconds_bucket{le="0.005",platform="slack"} 1');
  expect(text).toContain('hexdesk_decision_duration_seconds_count{platform="slack"} 2');
});

test("each delivery is counted by its outcome and passed on unchanged", async () => {
  const metrics = createMetrics();
  const results: SendResult[] = [
    { ok: true, ref: "1" },
    { ok: false, unknown: false, retryAfterMs: 5, reason: "429" },
    { ok: false, unknown: true, reason: "time-out" },
    { ok: false, unknown: false, reason: "channel_not_found" },
  ];
  const counting = metrics.counting(platform([...results]));
  for (const result of results) expect(await counting.send(outgoing)).toEqual(result);
  const text = await metrics.registry.metrics();
  for (const outcome of ["sent", "retried", "unknown", "refused"]) {
    expect(text).toContain(`hexdesk_deliveries_total{platform="slack",outcome="${outcome}"} 1`);
  }
});

test("calls for a person that were given up are counted until they are forgotten", async () => {
  const metrics = createMetrics();
  let kept = 3;
  const letters = createDeadLetters({ deadLetters: async () => Array(kept) });
  metrics.deadLetters(letters.count);
  await letters.read();
  letters.seen({ timer: { what: "undelivered", delivery: "d", unknown: false, reason: "r" } });
  letters.seen({ timer: { what: "reminder", case: "HD-1" } });
  letters.seen({});
  expect(await metrics.registry.metrics()).toContain("hexdesk_dead_letters 4");
  kept = 1;
  await letters.read();
  expect(await metrics.registry.metrics()).toContain("hexdesk_dead_letters 1");
});

test("names follow Prometheus: our prefix, counters end in _total, units are base units", async () => {
  const metrics = await createMetrics().registry.getMetricsAsJSON();
  expect(metrics.length).toBeGreaterThan(10);
  for (const { name, type } of metrics) {
    expect(name).toMatch(/^hexdesk_[a-z0-9_]+$/);
    expect(name).not.toMatch(/_(ms|milliseconds|kb)$/);
    if (String(type) === "counter") expect(name).toMatch(/_total$/);
  }
  expect(metrics.map(({ name }) => name)).toContain("hexdesk_nodejs_eventloop_lag_p99_seconds");
});
