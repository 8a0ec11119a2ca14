import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { createSlack, type SlackOptions } from "../../adapters/slack/start.ts";
import type { Card, Delivery } from "../../src/card.ts";
import type { Message } from "../../src/message.ts";
import type { Outgoing } from "../../src/state.ts";
import { type FakeSlack, startFakeSlack } from "../fakes/slack.ts";
import { slackRequests } from "../fakes/slack-requests.ts";

/** A clock that stands still until it is moved. */
function stillClock(start = 1_763_700_100_000) {
  let now = start;
  const sleepers: { at: number; wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        if (ms <= 0) return resolve();
        sleepers.push({ at: now + ms, wake: resolve });
        signal?.addEventListener("abort", () => resolve());
      }),
    advance(ms: number) {
      now += ms;
      for (const sleeper of sleepers) if (sleeper.at <= now) sleeper.wake();
    },
  };
}

/** Stands in for the bot: keeps what it received once for all of its keys, and fails or hangs on demand. */
function scriptedCore() {
  const received: Message[] = [];
  const seen = new Set<string>();
  const logged: { event: string; fields: Record<string, unknown> | undefined }[] = [];
  const fatal: string[] = [];
  const script = { store: "works" as "works" | "fails" | "hangs", wakes: 0, order: [] as string[] };
  const note = (event: string, fields?: Record<string, unknown>) => {
    logged.push({ event, fields });
  };
  const clock = stillClock();
  let incidents = 0;
  return {
    received,
    logged,
    fatal,
    script,
    clock,
    core: {
      clock,
      ids: () => `incident-${++incidents}`,
      log: { info: note, warn: note, error: note },
      fatal: (reason: string) => {
        fatal.push(reason);
      },
      bot: {
        receive: async (message: Message) => {
          if (script.store === "fails") throw new Error("disk full");
          if (script.store === "hangs") await new Promise(() => {});
          if (message.dedupe.some((key) => seen.has(key))) return "duplicate" as const;
          for (const key of message.dedupe) seen.add(key);
          received.push(message);
          script.order.push("stored");
          return "new" as const;
        },
        wake: () => {
          script.wakes++;
        },
        phrases: (language: string, key: string, params: Record<string, string | number> = {}) =>
          `${language} ${key} ${Object.values(params).join(" ")}`.trim(),
        languages: ["en", "es"] as ("en" | "es")[],
        languageFor: async () => "es" as const,
      },
    },
  };
}

/** A started Slack adapter behind a real HTTP server, a fake Slack and a scripted core; everything ends with the test. */
export async function startSlack(
  overrides: Partial<SlackOptions> = {},
  prepare: (fake: FakeSlack) => void = () => {},
  team = "T1",
) {
  const fake = await startFakeSlack(team);
  prepare(fake);
  const scripted = scriptedCore();
  const secret = `secret-${team}`;
  const platform = createSlack(
    {
      botToken: fake.botToken,
      signingSecret: secret,
      apiUrl: fake.apiUrl,
      timeoutMs: 250,
      helpdesk: ["UHELP"],
      admins: ["UADMIN"],
      ...overrides,
    },
    scripted.core,
  );
  const server = createServer((request, response) => {
    const route = platform.routes[`${request.method} ${request.url}`];
    if (route) route(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  onTestFinished(async () => {
    await platform.stop();
    server.closeAllConnections();
    server.close();
    await fake.close();
  });
  await platform.start();
  const url = `http://127.0.0.1:${port}/slack/events`;
  return { ...scripted, fake, platform, url, slack: slackRequests(url, secret, team) };
}

/** A card with one line. */
export function card(line = "Hello", rest: Partial<Card> = {}): Card {
  const blocks = [{ type: "text" as const, inlines: [line] }];
  return { title: "Title", blocks, buttons: [], language: "en", ...rest };
}

/** A delivery as the bot hands it over: to the thread of C1 that starts at 1763700000.000100. */
export function outgoing(
  delivery: Partial<Delivery> = {},
  rest: Partial<Omit<Outgoing, "delivery" | "source">> & {
    source?: Partial<Outgoing["source"]>;
  } = {},
): Outgoing {
  const address = {
    platform: "slack",
    tenant: "T1",
    conversation: "C1",
    thread: "1763700000.000100",
  };
  return {
    attempt: 1,
    unknown: false,
    ...rest,
    delivery: {
      id: "delivery-1",
      to: { kind: "thread" },
      mode: "post",
      repeat: "safe",
      card: card(),
      ...delivery,
    },
    source: { id: "m1", address, surface: "channel", asker: "U1", ...rest.source },
  };
}

/** Waits until a condition holds. */
export async function until(holds: () => boolean, what = "the condition"): Promise<void> {
  for (let i = 0; i < 400; i++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${what} did not come true`);
}
