import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished } from "vitest";
import { createSlack } from "../../adapters/slack/start.ts";
import { createMemoryState } from "../../adapters/state/memory.ts";
import { type Bot, createBot } from "../../src/bot.ts";
import type { Route } from "../../src/handover/routes.ts";
import type { Platform } from "../../src/platform.ts";
import { startFakeSlack } from "../fakes/slack.ts";
import { textsOf } from "../fakes/slack-blocks.ts";
import { slackRequests } from "../fakes/slack-requests.ts";
import type { Posted } from "../fakes/slack-workspace.ts";
import { knowledge } from "../fixtures/knowledge.ts";
import { until } from "./harness.ts";

type Core = Parameters<typeof createSlack>[1] & { bot: Bot };

/** Where cases go, and the platforms beside Slack. */
type Surroundings = { routes?: Route[]; platforms?(core: Core): Platform[] };

/** The real bot behind the real adapter, in a workspace of the fake. */
export async function startWorkspace(
  mode: "mention" | "codes" = "mention",
  { routes = [], platforms = () => [] }: Surroundings = {},
) {
  const fake = await startFakeSlack();
  const clock = {
    now: Date.now,
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        signal?.addEventListener("abort", () => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
  let n = 0;
  const ids = () => `delivery-${String(++n).padStart(6, "0")}`;
  const failures: unknown[] = [];
  const log = {
    info: () => {},
    warn: () => {},
    error: (event: string, _?: unknown, cause?: unknown) => {
      failures.push(cause ?? event);
    },
  };
  const bot = createBot({
    knowledge: () => knowledge,
    state: createMemoryState({ clock }),
    clock,
    ids,
    log,
    defaultLanguage: "en",
    channelMode: () => mode,
    routes,
    linkTo: (address) => platform.linkTo?.(address),
  });
  const core: Core = { bot, clock, ids, log, fatal: (reason) => failures.push(reason) };
  const secret = "secret";
  const platform = createSlack(
    {
      botToken: fake.botToken,
      signingSecret: secret,
      apiUrl: fake.apiUrl,
      helpdesk: ["UHELP"],
      admins: [],
    },
    core,
  );
  await platform.start();
  const others = platforms(core);
  const running = bot.run([platform, ...others]);
  const server = createServer((request, response) =>
    platform.routes["POST /slack/events"]?.(request, response),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    await platform.stop();
    await running.stop();
    for (const other of others) await other.stop();
    server.closeAllConnections();
    server.close();
    await fake.close();
    expect(failures).toEqual([]);
  });
  const { port } = server.address() as AddressInfo;
  const slack = slackRequests(`http://127.0.0.1:${port}/slack/events`, secret);
  const ours = () => fake.posts.filter((post) => post.user === "UBOT");
  return {
    fake,
    slack,
    ours,
    /** What was logged as an error; a test takes out what it expects. */
    failures,
    /** A person writes in channel C1; the post exists in Slack and arrives as an event. */
    async say(
      text: string,
      {
        thread,
        user = "U1",
        channel = "C1",
        event = {},
      }: { thread?: string; user?: string; channel?: string; event?: object } = {},
    ) {
      const post = fake.say(channel, user, text, thread);
      const type = text.includes("<@UBOT>") ? "app_mention" : "message";
      const fields = { type, user, text, channel, ts: post.ts, channel_type: "channel", ...event };
      await slack.event(
        slack.envelope(slack.post({ ...fields, ...(thread ? { thread_ts: thread } : {}) })),
      );
      return post;
    },
    /** Somebody clicks a button of a post, found by its label. */
    async click(post: Posted, label: string | RegExp, user = "U1") {
      const reply = fake.replyTo();
      await slack.click(reply.url, actionFor(post.blocks, label), {
        user: { id: user, username: user.toLowerCase() },
        container: {
          type: "message",
          message_ts: post.ts,
          channel_id: post.channel,
          thread_ts: post.thread_ts,
        },
        message: { ts: post.ts, thread_ts: post.thread_ts },
        channel: { id: post.channel, name: "help" },
      });
      return reply;
    },
    posts: async (count: number) => {
      await until(() => ours().length >= count, `post number ${count}`);
      const post = ours()[count - 1];
      if (!post) throw new Error("no such post");
      return post;
    },
  };
}

/** The value of the button with this label. */
export function actionFor(blocks: unknown, label: string | RegExp): string {
  const buttons = (blocks as { elements?: { text?: { text: string }; value?: string }[] }[])
    .flatMap((block) => block.elements ?? [])
    .filter((element) => element.value !== undefined);
  const button = buttons.find(({ text }) =>
    typeof label === "string" ? text?.text === label : label.test(text?.text ?? ""),
  );
  if (!button?.value) {
    throw new Error(`no button ${label} among ${buttons.map((b) => b.text?.text).join(" | ")}`);
  }
  return button.value;
}

/** All words of a message, for searching. */
export const words = (value: unknown) => textsOf(value).join(" ");
