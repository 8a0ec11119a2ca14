import type { App } from "@slack/bolt";
import type { Bot } from "../../src/bot.ts";
import type { Clock } from "../../src/clock.ts";
import type { Language } from "../../src/language.ts";
import type { Logger } from "../../src/log.ts";
import type { Message } from "../../src/message.ts";
import { fromClick, fromCommand, fromEvent, fromShortcut, type Reader } from "./receive.ts";
import { readReply } from "./reply.ts";
import type { Respond } from "./respond.ts";

/** What listening needs of the bot and of this adapter. */
export type Listening = {
  bot: Pick<Bot, "receive" | "phrases" | "languages" | "languageFor">;
  reader(): Reader;
  respond: Respond;
  /** Shows a line to one person in a place; used when there is no response_url. */
  whisper(message: Message, text: string): Promise<void>;
  /** Called when the app was removed from the workspace or its token revoked. */
  removed(reason: string): void;
  clock: Clock;
  ids: () => string;
  log: Logger;
};

/** The callback id of the message shortcut in the manifest. */
export const EXPLAIN_SHORTCUT = "explain_error";

const STORE_WITHIN_MS = 2_500;
const LAST_RETRY = 3;

/**
 * Registers every listener: each stores what came in and leaves the work to the bot. Commands, clicks and the shortcut
 * are acknowledged after storing, in time; what cannot be stored is answered with an incident id. An event that cannot be
 * stored rejects, so that Slack sends it again; its last repetition is answered with an incident id.
 */
export function listen(app: App, to: Listening): void {
  for (const type of ["app_mention", "message"] as const) {
    app.event(type, async ({ body, context }) => {
      const message = fromEvent(body, to.reader());
      if (!message) return;
      try {
        await store(to, message);
      } catch (error) {
        const incident = report(to, message, error);
        if (!message.addressed || (context.retryNum ?? 0) < LAST_RETRY) throw error;
        await to.whisper(message, await say(to, message, "slack.incident", incident));
      }
    });
  }
  app.command(/.*/, async ({ ack, body }) => {
    const message = fromCommand(body, to.reader());
    if (!message) return ignored(to, "command");
    try {
      await store(to, message);
    } catch (error) {
      const text = await say(to, message, "slack.incident", report(to, message, error));
      await ack({ response_type: "ephemeral", text });
    }
  });
  app.action(/.*/, async ({ ack, body, action }) => {
    if ("action_id" in action && action.action_id.startsWith("link.")) return;
    const message = fromClick(body, to.reader());
    if (!message) return ignored(to, "click");
    await storeThenAck(to, message, ack);
  });
  app.shortcut({ callback_id: EXPLAIN_SHORTCUT, type: "message_action" }, async ({ ack, body }) => {
    const message = fromShortcut(body, to.reader());
    if (!message) return ignored(to, "shortcut");
    await storeThenAck(to, message, ack);
  });
  app.event("app_uninstalled", async () => to.removed("app_uninstalled"));
  app.event("tokens_revoked", async ({ event }) => {
    if (event.tokens.bot?.length) to.removed("tokens_revoked");
  });
}

async function storeThenAck(
  to: Listening,
  message: Message,
  ack: () => Promise<void>,
): Promise<void> {
  try {
    await store(to, message);
    await ack();
  } catch (error) {
    await ack();
    const text = await say(to, message, "slack.incident", report(to, message, error));
    await answer(to, message, text);
  }
}

/** Slack waits three seconds for the acknowledgement: a store that takes longer has failed for the person who waits. */
async function store(to: Listening, message: Message): Promise<void> {
  const given = new AbortController();
  const late = to.clock.sleep(STORE_WITHIN_MS, given.signal).then(() => {
    if (!given.signal.aborted) throw new Error("not stored in time");
  });
  try {
    await Promise.race([to.bot.receive(message), late]);
  } finally {
    given.abort();
  }
}

function report(to: Listening, message: Message, error: unknown): string {
  const incident = to.ids();
  to.log.error("slack-not-stored", { incident, message: message.id }, error);
  return incident;
}

function ignored(to: Listening, kind: string): void {
  to.log.warn("slack-payload-ignored", { kind });
}

async function say(to: Listening, message: Message, key: string, id = ""): Promise<string> {
  return to.bot.phrases(await languageOf(to, message), key, { id });
}

/** The store that failed may be the one that knows the person's language. */
async function languageOf(to: Listening, message: Message): Promise<Language> {
  try {
    return await to.bot.languageFor(message);
  } catch {
    return to.bot.languages[0] ?? "en";
  }
}

async function answer(to: Listening, message: Message, text: string): Promise<void> {
  const url = readReply(message.reply, to.clock.now());
  const { thread } = message.address;
  try {
    const body = { text, ...(thread ? { thread_ts: thread } : {}) };
    if (url && (await to.respond(url, body, false))) return;
    await to.whisper(message, text);
  } catch (error) {
    to.log.warn("slack-answer-lost", { message: message.id, reason: (error as Error).name });
  }
}
