import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { TeamsCore, TeamsOptions } from "../../adapters/teams/options.ts";
import { createTeams } from "../../adapters/teams/start.ts";
import type { Card, Delivery } from "../../src/card.ts";
import type { Message } from "../../src/message.ts";
import type { Platform } from "../../src/platform.ts";
import type { Outgoing } from "../../src/state.ts";
import { APP_ID, type FakeTeams, startFakeTeams, TENANT } from "../fakes/teams.ts";
import { ANA, BEN, CONVERSATIONS, teamsActivities } from "../fakes/teams-activities.ts";

/** A clock that stands still until it is moved. */
function stillClock(start = Date.UTC(2026, 10, 21, 10)) {
  let now = start;
  const sleepers: { at: number; wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        sleepers.push({ at: now + ms, wake: resolve });
        signal?.addEventListener("abort", () => resolve());
      }),
    advance(ms: number) {
      now += ms;
      for (const sleeper of sleepers) if (sleeper.at <= now) sleeper.wake();
    },
  };
}

type Answered = Awaited<ReturnType<TeamsCore["bot"]["answer"]>>;

/** Stands in for the bot: keeps what it received once for all of its keys, answers as told, and fails on demand. */
export function scriptedCore() {
  const received: Message[] = [];
  const asked: Message[] = [];
  const sent: { id: string; ref: string | undefined; address: unknown }[] = [];
  const failed: { id: string; outcome: unknown }[] = [];
  const logged: { event: string; fields: Record<string, unknown> | undefined }[] = [];
  const seen = new Set<string>();
  const clock = stillClock();
  const script = {
    store: "works" as "works" | "fails",
    wakes: 0,
    answer: async (_message: Message): Promise<Answered> => undefined,
  };
  const note = (event: string, fields?: Record<string, unknown>) => {
    logged.push({ event, fields });
  };
  let incidents = 0;
  const core: TeamsCore = {
    clock,
    ids: () => `incident-${++incidents}`,
    log: { info: note, warn: note, error: note },
    bot: {
      receive: async (message) => {
        if (script.store === "fails") throw new Error("disk full");
        if (message.dedupe.some((key) => seen.has(key))) return "duplicate";
        for (const key of message.dedupe) seen.add(key);
        received.push(message);
        return "new";
      },
      answer: async (message) => {
        asked.push(message);
        return script.answer(message);
      },
      sent: async (id, ref, address) => {
        sent.push({ id, ref, address });
      },
      failed: async (id, outcome) => {
        failed.push({ id, outcome });
      },
      wake: () => {
        script.wakes++;
      },
      phrases: (language, key, params = {}) =>
        `${language} ${key} ${Object.values(params).join(" ")}`.trim(),
      languages: ["en", "es"],
      languageFor: async () => "es",
    },
  };
  return { core, clock, script, received, asked, sent, failed, logged };
}

/** The options of a bot that meets the fake. */
export function optionsFor(fake: FakeTeams, overrides: Partial<TeamsOptions> = {}): TeamsOptions {
  return {
    appId: APP_ID,
    appPassword: "secret",
    tenantId: TENANT,
    appType: "SingleTenant",
    auth: "jwt",
    tenants: [TENANT],
    rsc: false,
    helpdesk: [BEN.aadObjectId],
    admins: [],
    fake: { metadataUrl: fake.metadataUrl, credentials: fake.credentials, timeoutMs: 400 },
    ...overrides,
  };
}

/** A platform behind a real HTTP server; `post` sends an activity signed as Teams does. */
export async function mount(platform: Platform, fake: FakeTeams) {
  const server = createServer((request, response) => {
    const route = platform.routes[`${request.method} ${request.url}`];
    if (route) route(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  await platform.start();
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/api/messages`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });

  async function raw(body: string, headers: Record<string, string> = {}) {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", ...headers },
    });
    const text = await response.text();
    return { status: response.status, text, json: text === "" ? undefined : JSON.parse(text) };
  }

  async function post(activity: unknown) {
    return raw(JSON.stringify(activity), { authorization: `Bearer ${await fake.sign()}` });
  }

  return { url, raw, post };
}

/** A started adapter with a fake Teams and a scripted core; everything ends with the test. */
export async function startTeams(overrides: Partial<TeamsOptions> = {}) {
  const fake = await startFakeTeams();
  const scripted = scriptedCore();
  const platform = createTeams(optionsFor(fake, overrides), scripted.core);
  onTestFinished(async () => {
    await platform.stop();
    await fake.close();
  });
  const mounted = await mount(platform, fake);
  return { ...scripted, ...mounted, fake, platform, teams: teamsActivities(fake.serviceUrl) };
}

/** A card with one line. */
export function card(line = "Hello", rest: Partial<Card> = {}): Card {
  const blocks = [{ type: "text" as const, inlines: [line] }];
  return { title: "Title", blocks, buttons: [], language: "en", ...rest };
}

type Scope = "personal" | "groupChat" | "channel";

/** A delivery as the bot hands it over, caused by Ana's message in one scope. */
export function outgoing(
  fake: FakeTeams,
  scope: Scope,
  delivery: Partial<Delivery> = {},
  rest: Partial<Outgoing> = {},
): Outgoing {
  const conversation = CONVERSATIONS[scope];
  const root = scope === "channel" ? ";messageid=1763700000000" : "";
  const thread = {
    personal: {},
    groupChat: { thread: ANA.id },
    channel: { thread: "1763700000000" },
  };
  const reply = {
    url: fake.serviceUrl,
    conversation: `${conversation}${root}`,
    bot: `28:${APP_ID}`,
    tenant: TENANT,
    scope,
  };
  return {
    attempt: 1,
    unknown: false,
    source: {
      id: "m1",
      address: { platform: "teams", tenant: TENANT, conversation, ...thread[scope] },
      surface: ({ personal: "dm", groupChat: "group", channel: "channel" } as const)[scope],
      asker: ANA.id,
      reply: JSON.stringify(reply),
    },
    ...rest,
    delivery: {
      id: "delivery-1",
      to: { kind: "thread" },
      mode: "post",
      repeat: "safe",
      card: card(),
      ...delivery,
    },
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

/** The Adaptive Card in an activity's first attachment. */
export function contentOf(activity: unknown): Record<string, unknown> {
  const { attachments } = activity as { attachments?: { content: Record<string, unknown> }[] };
  return attachments?.[0]?.content ?? {};
}
