import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Platform, SendResult } from "../src/platform.ts";
import type { CaseEvent } from "../src/state.ts";
import type { Decision } from "../src/turn.ts";

/** What is counted. No label holds a tenant, a person, a channel or a code. */
export type Metrics = {
  registry: Registry;
  /** One decided message: its kind of answer, its events, the secrets seen, and the seconds from claim to commit. */
  decided(decision: Decided, platform: string, seconds: number): void;
  /** The same platform, with the outcome of each of its deliveries counted. */
  counting(platform: Platform): Platform;
  knowledge(entries: number): void;
  /** Read at each look at the metrics. */
  deadLetters(count: () => number): void;
  /** Whether the database can be used, asked whenever the metrics are read. */
  database(available: () => boolean): void;
};

type Decided = Pick<Decision, "kind" | "secrets"> & {
  commit: { events: readonly Pick<CaseEvent, "what">[] };
};

/** Metrics in the Prometheus naming, with those of the process and its event loop. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: "hexdesk_" });
  const answers = new Counter({
    name: "hexdesk_answers_total",
    help: "Decided messages by platform and kind of answer",
    labelNames: ["platform", "kind"],
    registers,
  });
  const seconds = new Histogram({
    name: "hexdesk_decision_duration_seconds",
    help: "Time from taking a message out of the inbox to its committed decision",
    labelNames: ["platform"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  const deliveries = new Counter({
    name: "hexdesk_deliveries_total",
    help: "Attempts to post an answer by platform and outcome (sent, retried, unknown, refused)",
    labelNames: ["platform", "outcome"],
    registers,
  });
  const events = new Counter({
    name: "hexdesk_events_total",
    help: "What happened in cases (question, step.result, case.resolved, feedback.useful, gap.not-found, throttled ...)",
    labelNames: ["what"],
    registers,
  });
  const secretsSeen = new Counter({
    name: "hexdesk_secrets_seen_total",
    help: "Messages that held a secret (password, token, recovery key ...) by its kind; nothing of it is kept",
    labelNames: ["kind"],
    registers,
  });
  const entries = new Gauge({
    name: "hexdesk_knowledge_entries",
    help: "Entries that are loaded",
    registers,
  });
  return {
    registry,
    decided({ kind, secrets = [], commit }, platform, duration) {
      answers.inc({ platform, kind });
      for (const { what } of commit.events) events.inc({ what });
      for (const secret of secrets) secretsSeen.inc({ kind: secret });
      seconds.observe({ platform }, duration);
    },
    counting(platform) {
      const send: Platform["send"] = async (outgoing) => {
        const result = await platform.send(outgoing);
        deliveries.inc({ platform: platform.name, outcome: outcomeOf(result) });
        return result;
      };
      return { ...platform, send };
    },
    knowledge: (count) => entries.set(count),
    deadLetters(count) {
      new Gauge({
        name: "hexdesk_dead_letters",
        help: "Calls for a person that were given up and are still kept",
        registers,
        collect() {
          this.set(count());
        },
      });
    },
    database(available) {
      new Gauge({
        name: "hexdesk_database_available",
        help: "1 while state can be read and written, 0 while it cannot",
        registers,
        collect() {
          this.set(available() ? 1 : 0);
        },
      });
    },
  };
}

function outcomeOf(result: SendResult): "sent" | "retried" | "unknown" | "refused" {
  if (result.ok) return "sent";
  if (result.unknown) return "unknown";
  return result.retryAfterMs === undefined ? "refused" : "retried";
}
