import type { IncomingMessage } from "node:http";
import { CloudAdapter } from "botbuilder";
import type { Language } from "../../src/language.ts";
import type { Message } from "../../src/message.ts";
import type { Platform, Route } from "../../src/platform.ts";
import { readActivity, type TeamsActivity, tenantOf } from "./activity.ts";
import { authenticate, createGuard } from "./authenticate.ts";
import { keepAllProperties } from "./connector.ts";
import { createDeliver } from "./deliver.ts";
import { createOpenFile } from "./files.ts";
import { type HttpAnswer, isLocalRequest, readJson, respond } from "./http.ts";
import { createInvoke } from "./invoke.ts";
import { threadLink } from "./link.ts";
import type { TeamsCore, TeamsOptions } from "./options.ts";
import { createPoster } from "./poster.ts";
import { muteWhenQuiet } from "./quiet.ts";
import { baseMessage, isInstalled, type Reader, readMessage } from "./receive.ts";
import { createRefusals } from "./refusals.ts";
import { createRoles } from "./roles.ts";
import { createSender } from "./send.ts";

const BEARER = /^Bearer [\w-]+\.[\w-]+\.[\w-]+$/i;
const HANDLED = ["message", "invoke", "conversationUpdate", "installationUpdate"];

/** Where a tenant's conversations are served until its first message says so (learn.microsoft.com, November 2026). */
const DEFAULT_SERVICE = "https://smba.trafficmanager.net/teams/";

/**
 * Teams as a platform. A message is stored, then its request ends; the answer is posted by the worker. A click or look-up
 * is answered in its request. The SDK verifies tokens and signs what goes out; its own request handling, which prints
 * keys and tells callers its errors, is not used. Throws when a setting is missing that guards the door.
 */
export function createTeams(options: TeamsOptions, core: TeamsCore): Platform {
  const { bot, clock, log } = core;
  const appId = options.appId.toLowerCase();
  const guard = createGuard({ ...options, appId });
  const adapter = new CloudAdapter(guard);
  const roleOf = createRoles(options);
  const refused = createRefusals(log, clock);
  const services = new Map(Object.entries(options.services ?? {}));
  const underway = new Set<Promise<void>>();
  let isOpen = false;
  let unmute: (() => void) | undefined;

  const poster = createPoster({ adapter, appId, rsc: options.rsc, phrases: bot.phrases, log });
  const sender = createSender({
    poster,
    botId: `28:${appId}`,
    serviceUrl: (tenant) => services.get(tenant) ?? DEFAULT_SERVICE,
    log,
  });
  const reader = (): Reader => ({ roleOf, now: clock.now() });
  const invoke = createInvoke({
    core,
    sender,
    deliver: createDeliver(core, sender.send),
    reader,
    later: track,
    languageOf,
  });

  function track(work: Promise<void>): void {
    const done = work
      .catch((error: unknown) => log.error("teams-work-failed", {}, error))
      .finally(() => underway.delete(done));
    underway.add(done);
  }

  /** The store that failed may be the one that knows the person's language. */
  async function languageOf(message: Message): Promise<Language> {
    try {
      return await bot.languageFor(message);
    } catch {
      return bot.languages[0] ?? "en";
    }
  }

  async function handle(request: IncomingMessage): Promise<HttpAnswer> {
    if (!isOpen) return { status: 503 };
    if (options.auth === "none" && !isLocalRequest(request)) return refuse(403, "not-local");
    const header = request.headers.authorization ?? "";
    if (options.auth === "jwt" && !BEARER.test(header)) return refuse(401, "no-token");
    const body = await readJson(request);
    if (typeof body === "number") return refuse(body, "body");
    const verdict = await authenticate(guard, body, header, clock);
    if (!verdict.ok) return refuse(verdict.status, verdict.reason);
    if (typeof body.type !== "string") return refuse(400, "no-type");
    if (!HANDLED.includes(body.type)) return { status: 200 };
    const activity = readActivity(body);
    if (!activity) return refuse(400, "activity");
    services.set(tenantOf(activity), activity.serviceUrl);
    return activity.type === "invoke" ? invoke(activity) : take(activity);
  }

  function refuse(status: number, reason: string): HttpAnswer {
    refused(reason);
    return { status };
  }

  async function take(activity: TeamsActivity): Promise<HttpAnswer> {
    const message =
      activity.type === "message" ? readMessage(activity, reader()) : await welcome(activity);
    if (!message) return { status: 200 };
    try {
      if ((await bot.receive(message)) === "new") bot.wake();
      return { status: 200 };
    } catch (error) {
      const incident = core.ids().slice(0, 8);
      log.error("teams-message-lost", { incident }, error);
      if (message.addressed) track(apologize(message, incident));
      return { status: 500 };
    }
  }

  /** Teams says twice that the bot was added; the greeting has one key for both. */
  async function welcome(activity: TeamsActivity): Promise<Message | undefined> {
    if (!isInstalled(activity)) return undefined;
    const base = baseMessage(activity, reader());
    const lang = await languageOf(base);
    const dedupe = [`${activity.conversation.id}|welcome`];
    return { ...base, dedupe, addressed: true, action: { v: 1, do: "help", lang } };
  }

  async function apologize(message: Message, incident: string): Promise<void> {
    const language = await languageOf(message);
    const say = (key: string) => bot.phrases(language, key, { incident });
    const result = await sender.send({
      delivery: {
        id: incident,
        to: { kind: "asker" },
        mode: "post",
        repeat: "safe",
        card: {
          title: say("error.title"),
          blocks: [{ type: "text", inlines: [say("error.text")] }],
          buttons: [],
          language,
        },
      },
      source: { ...message, asker: message.from.id },
      attempt: 1,
      unknown: false,
    });
    if (!result.ok) log.warn("teams-apology-lost", { incident, reason: result.reason });
  }

  const route: Route = (request, response) => {
    track(
      handle(request)
        .catch((error: unknown): HttpAnswer => {
          log.error("teams-request-failed", { incident: core.ids().slice(0, 8) }, error);
          return { status: 500 };
        })
        .then((answer) => {
          respond(response, answer);
          request.resume();
        }),
    );
  };

  return {
    name: "teams",
    routes: { "POST /api/messages": route },
    start: async () => {
      keepAllProperties();
      unmute ??= muteWhenQuiet();
      isOpen = true;
    },
    ready: () => isOpen,
    send: sender.send,
    openFile: createOpenFile(options.fake?.timeoutMs),
    linkTo: threadLink,
    stop: async () => {
      isOpen = false;
      while (underway.size > 0) await Promise.all(underway);
      unmute?.();
    },
  };
}
