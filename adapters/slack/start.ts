import { App, HTTPReceiver, webApi } from "@slack/bolt";
import type { Bot } from "../../src/bot.ts";
import type { Clock } from "../../src/clock.ts";
import type { Logger } from "../../src/log.ts";
import type { Message } from "../../src/message.ts";
import type { Platform, Route } from "../../src/platform.ts";
import { ackAfterStoring } from "./durable.ts";
import { createOpenFile } from "./files.ts";
import { createHistory } from "./history.ts";
import { APPS_PAGE, connect, type Identity, identify } from "./identify.ts";
import { threadLink } from "./link.ts";
import { listen } from "./listeners.ts";
import { outcomeOf } from "./outcome.ts";
import { createRespond } from "./respond.ts";
import { createRoles } from "./roles.ts";
import { createSdkLogger } from "./sdk-logger.ts";
import { createSend } from "./send.ts";
import { createSocket } from "./socket.ts";

/** One Slack app in one installation: with `appToken` it connects by Socket Mode, else it takes signed HTTP requests. */
export type SlackOptions = {
  botToken: string;
  signingSecret?: string;
  appToken?: string;
  apiUrl?: string;
  /** Milliseconds after which a call counts as lost; 10,000 when unset. */
  timeoutMs?: number;
  /** User ids (U…, W…) and user group ids (S…). */
  helpdesk: string[];
  admins: string[];
};

/** What the adapter needs of the rest. `fatal` is called when the tokens stopped working and only a restart can help. */
export type SlackCore = {
  bot: Pick<Bot, "receive" | "wake" | "phrases" | "languages" | "languageFor">;
  clock: Clock;
  ids: () => string;
  log: Logger;
  fatal(reason: string): void;
};

const BODY_LIMIT = 1024 * 1024;

/**
 * Slack as a platform. `start` checks the token with Slack and throws a message that says where to get the right one;
 * before that the route answers 503. Bolt verifies, parses and dispatches; storing, acknowledging and posting are ours.
 */
export function createSlack(options: SlackOptions, core: SlackCore): Platform {
  const { bot, clock, ids, log } = core;
  const logger = createSdkLogger(log);
  const timeoutMs = options.timeoutMs ?? 10_000;
  const web = {
    logger,
    timeout: timeoutMs,
    rejectRateLimitedCalls: true,
    ...(options.apiUrl ? { slackApiUrl: options.apiUrl } : {}),
  };
  const posting = new webApi.WebClient(options.botToken, { ...web, retryConfig: { retries: 0 } });
  const reading = new webApi.WebClient(options.botToken, {
    ...web,
    retryConfig: { retries: 2, minTimeout: 300, maxTimeout: 2_000 },
  });

  let me: Identity | undefined;
  let removed = false;
  let stopping = false;
  const known = () => {
    if (!me) throw new Error("Slack was used before it was started");
    return me;
  };
  const giveUp = (reason: string) => {
    removed = true;
    log.error("slack-token-dead", { reason, page: APPS_PAGE });
    core.fatal(`Slack: ${reason}. Install the app again or renew its tokens: ${APPS_PAGE}`);
  };

  const roles = createRoles(options, (group) => groupMembers(reading, group), { clock, log });
  const history = createHistory(reading, () => known().userId);
  const respond = createRespond(options.apiUrl);
  const send = createSend({
    client: posting,
    history,
    respond,
    phrases: bot.phrases,
    clock,
    log,
    tenant: () => known().tenant,
  });

  const socket = options.appToken
    ? createSocket(
        { appToken: options.appToken, apiUrl: options.apiUrl, timeoutMs },
        { clock, logger, lost: giveUp },
      )
    : undefined;
  const http = socket
    ? undefined
    : new HTTPReceiver({
        signingSecret: options.signingSecret ?? "",
        logger,
        bodyLimit: BODY_LIMIT,
      });
  const receiver = socket?.receiver ?? (http as HTTPReceiver);
  const inHand = ackAfterStoring(receiver, bot.wake);
  const app = new App({
    receiver,
    logger,
    convoStore: false,
    clientOptions: { ...web },
    authorize: async () => ({
      botToken: options.botToken,
      botId: known().botId,
      botUserId: known().userId,
    }),
  });
  listen(app, {
    bot,
    reader: () => {
      void roles.refresh();
      return {
        tenant: known().tenant,
        botUserId: known().userId,
        roleOf: roles.of,
        now: clock.now(),
      };
    },
    respond,
    whisper: (message, text) => whisper(posting, message, text),
    removed: giveUp,
    clock,
    ids,
    log,
  });

  const route: Route = (request, response) => {
    if (!me || stopping) {
      response.writeHead(503, { "retry-after": "5" }).end();
      return;
    }
    http?.requestListener(request, response);
  };

  return {
    name: "slack",
    routes: http ? { "POST /slack/events": route } : {},
    start: async () => {
      me = await identify(reading, log);
      await roles.refresh();
      if (socket) await connect(app);
    },
    ready: () => me !== undefined && !removed && !stopping && (socket?.connected() ?? true),
    send,
    readThread: async (address) => {
      try {
        return await history.readThread(address);
      } catch (error) {
        log.warn("slack-thread-unread", { reason: outcomeOf(error).reason });
        return "unreadable";
      }
    },
    openFile: createOpenFile({ ...options, timeoutMs }),
    linkTo: (address) => threadLink(me?.url, address),
    stop: async () => {
      stopping = true;
      await inHand.drain();
      if (socket) await app.stop();
    },
  };
}

async function groupMembers(client: webApi.WebClient, usergroup: string): Promise<string[]> {
  const { users } = await client.usergroups.users.list({ usergroup });
  return users ?? [];
}

async function whisper(client: webApi.WebClient, message: Message, text: string): Promise<void> {
  const { conversation, thread } = message.address;
  await client.chat.postEphemeral({
    channel: conversation,
    user: message.from.id,
    text,
    ...(thread ? { thread_ts: thread } : {}),
  });
}
